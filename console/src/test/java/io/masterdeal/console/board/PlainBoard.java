package io.masterdeal.console.board;

import io.masterdeal.console.board.BoardCounts.StageCount;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** Answers as the board does, slowly and plainly: it keeps whole cards and looks at each of them for each question. */
final class PlainBoard {

    private final List<String> stagesInUse;
    private final Map<UUID, CardReader.Read> newest = new HashMap<>();

    PlainBoard(List<String> stagesInUse) {
        this.stagesInUse = stagesInUse;
    }

    void take(CardReader.Read read) {
        newest.merge(read.card().id(), read, (known, other) -> isNewer(other.card(), known.card()) ? other : known);
    }

    private static boolean isNewer(Card card, Card than) {
        return Comparator.comparing(Card::epoch).thenComparing(Card::revision).compare(card, than) > 0;
    }

    List<Card> cards() {
        return newest.values().stream()
                .filter(read -> !read.withdrawn())
                .map(CardReader.Read::card)
                .toList();
    }

    List<String> stages() {
        Set<String> all = new LinkedHashSet<>();
        all.add("none");
        all.addAll(stagesInUse);
        cards().stream().map(Card::stage).sorted().forEach(all::add);
        return List.copyOf(all);
    }

    /** By the words of docs/sla.md alone. */
    private static DealSla sla(Card card, Instant now) {
        Set<DealSla> states = new TreeSet<>();
        for (Card.CardClock clock : card.clocks()) {
            boolean done = clock.stoppedAt() != null || clock.state().equals("met");
            if (!done && !clock.state().equals("cancelled")) {
                Instant breached = clock.breachedAt();
                boolean late = clock.state().equals("breached") && breached != null && !breached.isAfter(now);
                Instant dueAt = clock.dueAt();
                boolean due = clock.state().equals("running") && dueAt != null && !dueAt.isAfter(now);
                states.add(late || due ? DealSla.BREACHED : clock.atRisk() ? DealSla.AT_RISK : DealSla.OK);
            }
        }
        return states.contains(DealSla.BREACHED)
                ? DealSla.BREACHED
                : states.contains(DealSla.AT_RISK) ? DealSla.AT_RISK : states.isEmpty() ? DealSla.NONE : DealSla.OK;
    }

    BoardCounts counts(DealSelection selection, Instant now) {
        List<Card> selected = select(selection, now);
        Map<String, Integer> byOutcome = new TreeMap<>();
        selected.forEach(card -> byOutcome.merge(card.outcome(), 1, Integer::sum));
        List<Card> open =
                selected.stream().filter(card -> card.outcome().equals("open")).toList();
        int withGaps =
                (int) selected.stream().filter(card -> !card.gaps().isEmpty()).count();
        List<StageCount> stages = stages().stream()
                .map(stage -> stageCount(
                        stage,
                        open.stream().filter(card -> card.stage().equals(stage)).toList(),
                        now))
                .toList();
        return new BoardCounts(
                selected.size(), byOutcome, withGaps, open.size(), bySla(open, now), amounts(open), stages);
    }

    private static StageCount stageCount(String stage, List<Card> open, Instant now) {
        List<Duration> ages = new ArrayList<>();
        for (Card card : open) {
            Instant since = card.since();
            if (since != null) {
                ages.add(Duration.between(since, now));
            }
        }
        ages.sort(Comparator.naturalOrder());
        return new StageCount(
                stage,
                open.size(),
                bySla(open, now),
                amounts(open),
                ages.isEmpty() ? null : ages.get((ages.size() - 1) / 2),
                ages.isEmpty() ? null : ages.get((ages.size() - 1) * 9 / 10));
    }

    private static Map<DealSla, Integer> bySla(List<Card> open, Instant now) {
        Map<DealSla, Integer> counts = new EnumMap<>(DealSla.class);
        open.forEach(card -> counts.merge(sla(card, now), 1, Integer::sum));
        return counts;
    }

    private static Map<String, BigDecimal> amounts(List<Card> open) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Card card : open) {
            if (card.amount() != null) {
                sums.merge(card.currency(), card.amount(), BigDecimal::add);
            }
        }
        sums.replaceAll((_, sum) -> plain(sum));
        return sums;
    }

    private List<Card> select(DealSelection wanted, Instant now) {
        return cards().stream().filter(card -> matches(card, wanted, now)).toList();
    }

    private static boolean matches(Card card, DealSelection wanted, Instant now) {
        Instant since = card.since();
        return isAny(wanted.stages(), card.stage())
                && isAny(wanted.outcomes(), card.outcome())
                && isAny(wanted.ruleSets(), card.ruleSet())
                && isAny(wanted.sla(), sla(card, now))
                && wanted.attributes().entrySet().stream()
                        .allMatch(each -> card.attribute(each.getKey()).equals(each.getValue()))
                && (wanted.gaps() == null || wanted.gaps() != card.gaps().isEmpty())
                && (wanted.sinceFrom() == null || (since != null && !since.isBefore(wanted.sinceFrom())))
                && (wanted.sinceBefore() == null || (since != null && since.isBefore(wanted.sinceBefore())))
                && hasWords(card, wanted.words());
    }

    private static <T> boolean isAny(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static boolean hasWords(Card card, String words) {
        for (String word : words.toLowerCase(Locale.ROOT).split(" ", -1)) {
            Predicate<String> begins = text -> text.toLowerCase(Locale.ROOT).startsWith(word);
            boolean inRoot = begins.test(card.root())
                    || List.of(card.root().split("[: ]", -1)).stream().anyMatch(begins);
            boolean inAttributes = card.attributes().values().stream()
                    .flatMap(value -> List.of(value.split("(?U)[^\\p{L}\\p{Nd}]+", -1)).stream())
                    .anyMatch(begins);
            if (!word.isEmpty() && !inRoot && !inAttributes) {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal plain(BigDecimal amount) {
        return new BigDecimal(amount.stripTrailingZeros().toPlainString());
    }

    List<Card> sorted(DealSelection selection, Sort sort, Instant now) {
        return select(selection, now).stream().sorted(order(sort)).toList();
    }

    private static Comparator<Card> order(Sort sort) {
        Comparator<Card> first = switch (sort) {
            case CHANGED -> Comparator.comparing(Card::publishedAt).reversed();
            case AGE -> Comparator.comparing(card -> card.since() == null ? Instant.MAX : card.since());
            case AMOUNT ->
                Comparator.<Card, BigDecimal>comparing(
                                card -> card.amount() == null ? BigDecimal.valueOf(-1e15) : card.amount())
                        .reversed();
            case DUE -> Comparator.comparing(PlainBoard::due);
            case KEY -> Comparator.comparing(Card::root);
        };
        return first.thenComparing(Card::root);
    }

    private static Instant due(Card card) {
        Instant first = Instant.MAX;
        for (Card.CardClock clock : card.clocks()) {
            boolean open =
                    clock.stoppedAt() == null && !Set.of("met", "cancelled").contains(clock.state());
            Instant due = clock.breachedAt() != null
                    ? clock.breachedAt()
                    : clock.state().equals("paused") ? null : clock.dueAt();
            if (open && due != null && due.isBefore(first)) {
                first = due;
            }
        }
        return first;
    }

    List<String> values(String attribute, int limit) {
        Set<String> values = new TreeSet<>();
        cards().forEach(card -> values.add(card.attribute(attribute)));
        values.remove("");
        return values.stream().limit(limit).toList();
    }

    List<DayTrend> trend(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1)).map(this::day).toList();
    }

    private DayTrend day(LocalDate day) {
        int entered = 0;
        int moved = 0;
        int backward = 0;
        int closed = 0;
        int breached = 0;
        for (Card card : cards()) {
            for (int i = 0; i < card.steps().size(); i++) {
                Card.Step step = card.steps().get(i);
                if (isOn(step.at(), day)) {
                    entered += i == 0 ? 1 : 0;
                    moved += i > 0 ? 1 : 0;
                    backward += i > 0 && step.backward() ? 1 : 0;
                    closed += i == card.steps().size() - 1 && card.outcome().equals("won") ? 1 : 0;
                }
            }
            breached += (int) card.clocks().stream()
                    .filter(clock -> clock.breachedAt() != null && isOn(clock.breachedAt(), day))
                    .count();
        }
        return new DayTrend(day, entered, moved, backward, closed, breached);
    }

    private static boolean isOn(Instant at, LocalDate day) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).equals(day);
    }

    List<Flow> flow(DealSelection selection, Instant from, Instant now) {
        Map<List<String>, List<Duration>> times = new HashMap<>();
        for (Card card : select(selection, now)) {
            for (int i = 1; i < card.steps().size(); i++) {
                Card.Step before = card.steps().get(i - 1);
                Card.Step step = card.steps().get(i);
                if (!step.at().isBefore(from)) {
                    times.computeIfAbsent(
                                    List.of(before.stage(), step.stage(), Boolean.toString(step.backward())),
                                    _ -> new ArrayList<>())
                            .add(Duration.between(before.at(), step.at()));
                }
            }
        }
        List<Flow> flows = new ArrayList<>();
        times.forEach((way, took) -> {
            took.sort(Comparator.naturalOrder());
            flows.add(new Flow(
                    way.get(0),
                    way.get(1),
                    Boolean.parseBoolean(way.get(2)),
                    took.size(),
                    took.get((took.size() - 1) / 2)));
        });
        flows.sort(Comparator.comparing(Flow::from).thenComparing(Flow::to).thenComparing(Flow::backward));
        return flows;
    }
}
