package io.masterdeal.console.board;

import io.masterdeal.console.board.BoardCounts.StageCount;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A board that keeps whole cards and looks at each of them for each question. */
final class MemoryBoard implements Board {

    private final Supplier<List<String>> stagesInUse;
    private final Map<UUID, Card> cards = new ConcurrentHashMap<>();
    private final Map<UUID, Card> withdrawn = new ConcurrentHashMap<>();
    private final List<BoardListener> listeners = new CopyOnWriteArrayList<>();
    private volatile long version;
    private volatile boolean current;

    /**
     * @param stagesInUse those of the rule set, in their order
     */
    MemoryBoard(Supplier<List<String>> stagesInUse) {
        this.stagesInUse = stagesInUse;
    }

    /** Takes a batch of events in, all or nothing for those who ask. */
    synchronized void take(Collection<CardReader.Read> batch) {
        Set<UUID> changed = new LinkedHashSet<>();
        for (CardReader.Read read : batch) {
            Card card = read.card();
            Card before = cards.getOrDefault(card.id(), withdrawn.get(card.id()));
            if (before != null && !card.isNewerThan(before)) {
                continue;
            }
            if (read.withdrawn()) {
                cards.remove(card.id());
                withdrawn.put(card.id(), card);
            } else {
                withdrawn.remove(card.id());
                cards.put(card.id(), card);
            }
            changed.add(card.id());
        }
        if (!changed.isEmpty()) {
            version++;
            listeners.forEach(listener -> listener.changed(version, Set.copyOf(changed)));
        }
    }

    void becomeCurrent() {
        current = true;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public boolean isCurrent() {
        return current;
    }

    @Override
    public List<String> stages() {
        Set<String> all = new LinkedHashSet<>();
        all.add("none");
        all.addAll(stagesInUse.get());
        cards.values().forEach(card -> all.add(card.stage()));
        return List.copyOf(all);
    }

    @Override
    public BoardCounts counts(DealSelection selection, Instant now) {
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
        open.forEach(card -> counts.merge(card.sla(now), 1, Integer::sum));
        return counts;
    }

    private static Map<String, BigDecimal> amounts(List<Card> open) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Card card : open) {
            if (card.amount() != null) {
                sums.merge(card.currency(), card.amount(), BigDecimal::add);
            }
        }
        return sums;
    }

    private List<Card> select(DealSelection wanted, Instant now) {
        return cards.values().stream()
                .filter(card -> matches(card, wanted, now))
                .toList();
    }

    private static boolean matches(Card card, DealSelection wanted, Instant now) {
        Instant since = card.since();
        return isAny(wanted.stages(), card.stage())
                && isAny(wanted.outcomes(), card.outcome())
                && isAny(wanted.ruleSets(), card.ruleSet())
                && isAny(wanted.sla(), card.sla(now))
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
        if (words.isBlank()) {
            return true;
        }
        String text = (" " + card.root().replace(':', ' ') + " " + card.root() + " "
                        + String.join(" ", card.attributes().values()))
                .toLowerCase(Locale.ROOT);
        for (String word : words.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            if (!text.contains(" " + word)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public BoardPage page(DealSelection selection, Sort sort, @Nullable String after, int limit, Instant now) {
        List<Card> sorted = select(selection, now).stream().sorted(order(sort)).toList();
        int from = 0;
        if (after != null) {
            while (from < sorted.size() && !sorted.get(from).root().equals(after)) {
                from++;
            }
            from++;
        }
        List<Card> page = sorted.subList(Math.min(from, sorted.size()), Math.min(from + limit, sorted.size()));
        boolean more = from + limit < sorted.size();
        return new BoardPage(
                List.copyOf(page), sorted.size(), more ? page.getLast().root() : null);
    }

    private static Comparator<Card> order(Sort sort) {
        Comparator<Card> first = switch (sort) {
            case CHANGED -> Comparator.comparing(Card::publishedAt).reversed();
            case AGE -> Comparator.comparing(card -> card.since() == null ? Instant.MAX : card.since());
            case AMOUNT ->
                Comparator.<Card, BigDecimal>comparing(
                                card -> card.amount() == null ? BigDecimal.valueOf(-1) : card.amount())
                        .reversed();
            case DUE -> Comparator.comparing(MemoryBoard::due);
            case KEY -> Comparator.comparing(Card::root);
        };
        return first.thenComparing(Card::root);
    }

    private static Instant due(Card card) {
        Instant first = Instant.MAX;
        for (Card.CardClock clock : card.clocks()) {
            Instant due = clock.dueAt();
            if (clock.isOpen() && due != null && due.isBefore(first)) {
                first = due;
            }
        }
        return first;
    }

    @Override
    public Optional<Card> card(UUID id) {
        return Optional.ofNullable(cards.get(id));
    }

    @Override
    public Optional<Card> byRoot(String root) {
        return cards.values().stream().filter(card -> card.root().equals(root)).findAny();
    }

    @Override
    public List<String> values(String attribute, int limit) {
        Set<String> values = new TreeSet<>();
        cards.values().forEach(card -> values.add(card.attribute(attribute)));
        values.remove("");
        return values.stream().limit(limit).toList();
    }

    @Override
    public List<DayTrend> trend(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1))
                .map(day -> new DayTrend(day, 0, 0, 0, 0, 0))
                .toList();
    }

    @Override
    public List<Flow> flow(DealSelection selection, Instant from) {
        Map<List<String>, List<Duration>> times = new HashMap<>();
        for (Card card : select(selection, from)) {
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
        flows.sort(Comparator.comparing(Flow::from).thenComparing(Flow::to));
        return flows;
    }

    @Override
    public void listen(BoardListener listener) {
        listeners.add(listener);
    }
}
