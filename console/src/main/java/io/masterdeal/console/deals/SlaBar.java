package io.masterdeal.console.deals;

import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.DealSla;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a deal stands with its SLA, as a bar of the open clock that is due first.
 *
 * @param state of the deal, by its worst clock
 * @param policy of the clock; empty without an open clock
 * @param due when the clock is due; null if that is not known
 * @param left until then, negative if it is past; null if that is not known
 * @param spent how much of the time is over, 0 to 100
 */
public record SlaBar(
        DealSla state,
        String policy,
        @Nullable Instant due,
        @Nullable Duration left,
        int spent) {
    /** The bar of a deal at an instant. */
    public static SlaBar of(Card card, Instant now) {
        return of(card, card.clocks(), now);
    }

    /** The bar of a deal at an instant, by its clocks of one policy. */
    public static SlaBar of(Card card, String policy, Instant now) {
        return of(
                card,
                card.clocks().stream()
                        .filter(clock -> clock.policy().equals(policy))
                        .toList(),
                now);
    }

    private static SlaBar of(Card card, List<CardClock> clocks, Instant now) {
        DealSla state = card.sla(now);
        CardClock first = null;
        for (CardClock clock : clocks) {
            if (clock.isOpen() && (first == null || due(clock).isBefore(due(first)))) {
                first = clock;
            }
        }
        if (first == null) {
            return new SlaBar(state, "", null, null, 0);
        }
        Instant due = first.breachedAt() == null ? first.dueAt() : first.breachedAt();
        if (due == null) {
            return new SlaBar(state, first.policy(), null, null, 0);
        }
        long whole = Duration.between(first.startedAt(), due).toMillis();
        long over = Duration.between(first.startedAt(), now).toMillis();
        int spent = whole <= 0 ? 100 : Math.clamp(over * 100 / whole, 0, 100);
        return new SlaBar(state, first.policy(), due, Duration.between(now, due), spent);
    }

    private static Instant due(CardClock clock) {
        Instant due = clock.breachedAt() == null ? clock.dueAt() : clock.breachedAt();
        return due == null ? Instant.MAX : due;
    }

    /** Whether the time is over. */
    public boolean isLate() {
        return left != null && !left.isPositive();
    }
}
