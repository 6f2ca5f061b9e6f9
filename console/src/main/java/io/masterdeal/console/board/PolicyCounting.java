package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts the clocks of deals by policy: cards are added one after the other, in any order. For one thread. */
final class PolicyCounting {

    private final Instant from;
    private final Instant now;
    private final Instant soon;
    private final Map<String, Counts> counts = new TreeMap<>();

    /**
     * @param from clocks that started at or after it count as those of the period
     * @param now the instant for SLA states
     * @param within how far ahead a clock is due soon
     */
    PolicyCounting(Instant from, Instant now, Duration within) {
        this.from = from;
        this.now = now;
        this.soon = now.plus(within);
    }

    void add(Card card) {
        for (CardClock clock : card.clocks()) {
            counts.computeIfAbsent(clock.policy(), _ -> new Counts()).add(card, clock);
        }
    }

    /** By policy, in the order of their names. */
    List<PolicyCounts> result() {
        return counts.entrySet().stream()
                .map(each -> each.getValue().result(each.getKey()))
                .toList();
    }

    /** A deal with the instant by which it is ranked. */
    private record Ranked(Card card, Instant due) {}

    private final class Counts {
        private static final Comparator<Ranked> EARLIEST = Comparator.comparing(Ranked::due)
                .thenComparing(each -> each.card().root());

        private int running;
        private int atRisk;
        private int breached;
        private int dueSoon;
        private int met;
        private int missed;
        // The head is the last of those that are kept, so that it makes room for an earlier one.
        private final PriorityQueue<Ranked> worst = new PriorityQueue<>(EARLIEST.reversed());
        private final PriorityQueue<Ranked> next = new PriorityQueue<>(EARLIEST.reversed());

        void add(Card card, CardClock clock) {
            Instant due = clock.breachedAt() != null ? clock.breachedAt() : clock.dueAt();
            boolean late = clock.isBreached(now);
            if (clock.isOpen()) {
                if (late) {
                    breached++;
                    keep(worst, card, due == null ? now : due);
                } else if (clock.atRisk()) {
                    atRisk++;
                } else {
                    running++;
                }
                if (!late && clock.state().equals("running") && due != null && due.isBefore(soon)) {
                    dueSoon++;
                    keep(next, card, due);
                }
            }
            if (!clock.startedAt().isBefore(from)) {
                met += clock.state().equals("met") ? 1 : 0;
                missed += late ? 1 : 0;
            }
        }

        private static void keep(PriorityQueue<Ranked> kept, Card card, Instant due) {
            kept.add(new Ranked(card, due));
            // A deal may have several clocks of one policy, so a few more are kept than are told.
            if (kept.size() > 4 * PolicyCounts.EXAMPLES) {
                kept.poll();
            }
        }

        PolicyCounts result(String policy) {
            return new PolicyCounts(
                    policy, running, atRisk, breached, dueSoon, met, missed, examples(worst), examples(next));
        }

        private static List<Card> examples(PriorityQueue<Ranked> kept) {
            Map<Object, Card> once = new LinkedHashMap<>();
            kept.stream()
                    .sorted(EARLIEST)
                    .forEach(each -> once.putIfAbsent(each.card().id(), each.card()));
            return once.values().stream().limit(PolicyCounts.EXAMPLES).toList();
        }
    }
}
