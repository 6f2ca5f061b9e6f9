package io.masterdeal.console.board;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the board knows of a deal: its newest canonical event, in short. Immutable.
 *
 * @param id of the deal
 * @param root key of its root, such as {@code crm:deal:D-1}
 * @param epoch of the event; of two events the one with the greater epoch is the newer
 * @param revision of the event; of two events of one epoch the one with the greater revision is the newer
 * @param stage where it stands, or {@code none}
 * @param outcome open, won, lost or cancelled
 * @param gaps stages below the present one whose condition does not hold
 * @param attributes of the root, such as {@code client}, {@code manager}, {@code product}, {@code region}; without the amount's
 * @param amount the attribute {@code amount}, rounded to four decimals; null if it is missing, no number, or has more than 12 digits before
 *     the point
 * @param currency the attribute {@code currency}; empty if it is missing
 * @param ruleSet name and version
 * @param steps its timeline, from the first change of stage to the last; cut if it is very long
 * @param clocks its SLA clocks; cut if there are very many
 * @param facts how many facts it has
 * @param publishedAt when the event was made, UTC
 */
public record Card(
        UUID id,
        String root,
        long epoch,
        long revision,
        String stage,
        String outcome,
        List<String> gaps,
        Map<String, String> attributes,
        @Nullable BigDecimal amount,
        String currency,
        String ruleSet,
        List<Step> steps,
        List<CardClock> clocks,
        int facts,
        Instant publishedAt) {

    /**
     * A change of stage.
     *
     * @param stage from this instant on
     * @param at UTC
     * @param backward whether the stage before was a later one
     */
    public record Step(String stage, Instant at, boolean backward) {}

    /**
     * An SLA clock with its newest run.
     *
     * @param policy its policy
     * @param object whose clock it is; null for a clock of the deal itself
     * @param domain who is responsible for it
     * @param state running, paused, met, breached or cancelled, when the event was made. A breached one may be done: see {@code stoppedAt}
     * @param startedAt UTC
     * @param dueAt when its target is spent if nothing pauses it, UTC; null if that is not known, as while it is paused
     * @param atRisk whether it was open, not breached, and past a warning when the event was made
     * @param breachedAt when the target was spent, UTC; null if it was not when the event was made
     * @param stoppedAt when it was done, UTC; null if it was not
     */
    public record CardClock(
            String policy,
            @Nullable String object,
            String domain,
            String state,
            Instant startedAt,
            @Nullable Instant dueAt,
            boolean atRisk,
            @Nullable Instant breachedAt,
            @Nullable Instant stoppedAt) {

        /** A clock of the deal itself that is not done, or was done in time. */
        public CardClock(
                String policy,
                String domain,
                String state,
                Instant startedAt,
                @Nullable Instant dueAt,
                boolean atRisk,
                @Nullable Instant breachedAt) {
            this(policy, null, domain, state, startedAt, dueAt, atRisk, breachedAt, null);
        }

        /** Whether it goes on: it is neither done nor cancelled. One that is paused, or late and not done, is open. */
        public boolean isOpen() {
            return switch (state) {
                case "running", "paused" -> true;
                case "breached" -> stoppedAt == null;
                default -> false;
            };
        }

        /**
         * When it is late, or was: the instant at which its target is spent, UTC. Null if it is not known to become late: it was done in
         * time, cancelled before it was late, or is paused in time.
         */
        public @Nullable Instant lateAt() {
            return breachedAt != null || !state.equals("running") ? breachedAt : dueAt;
        }

        /** Whether its target is spent at an instant, done or not. A clock that is still open at the instant it is due is late. */
        public boolean isBreached(Instant now) {
            Instant late = lateAt();
            return late != null && !late.isAfter(now);
        }
    }

    /** What is left of a deal that is no more: which answer said so. */
    static Card withdrawn(UUID id, String root, long epoch, long revision) {
        return new Card(
                id,
                root,
                epoch,
                revision,
                "",
                "",
                List.of(),
                Map.of(),
                null,
                "",
                "",
                List.of(),
                List.of(),
                0,
                Instant.EPOCH);
    }

    /** The same deal with other clocks. */
    Card with(long otherEpoch, List<CardClock> otherClocks) {
        return new Card(
                id,
                root,
                otherEpoch,
                revision,
                stage,
                outcome,
                gaps,
                attributes,
                amount,
                currency,
                ruleSet,
                steps,
                otherClocks,
                facts,
                publishedAt);
    }

    /** Since when it has its present stage; null without a step. */
    public @Nullable Instant since() {
        return steps.isEmpty() ? null : steps.getLast().at();
    }

    /** An attribute; empty if it is missing. */
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    /** Whether this is newer than another card of the same deal. */
    public boolean isNewerThan(Card other) {
        return epoch != other.epoch ? epoch > other.epoch : revision > other.revision;
    }

    /**
     * The SLA of the deal at an instant: that of its worst <b>open</b> clock. A clock that was late and is done counts no more, and neither
     * does one that is cancelled: there is nothing left to hurry for. Their breaches stay in the trend, on the day they happened.
     *
     * <p>That a clock becomes late is known in advance, from when it is due, so this is right even if the event of the breach is late. A
     * paused clock does not become late. When a warning passes is not known in advance: the event of the warning tells it.
     */
    public DealSla sla(Instant now) {
        DealSla worst = DealSla.NONE;
        for (CardClock clock : clocks) {
            if (clock.isOpen()) {
                if (clock.isBreached(now)) {
                    return DealSla.BREACHED;
                }
                worst = clock.atRisk() || worst == DealSla.AT_RISK ? DealSla.AT_RISK : DealSla.OK;
            }
        }
        return worst;
    }

    /** When the first of its open clocks is or was late, UTC; null if none is known to become late. */
    public @Nullable Instant due() {
        Instant first = null;
        for (CardClock clock : clocks) {
            Instant late = clock.isOpen() ? clock.lateAt() : null;
            if (late != null && (first == null || late.isBefore(first))) {
                first = late;
            }
        }
        return first;
    }

    /** Whether a clock is open, that is neither done nor cancelled. */
    public boolean hasOpenClock() {
        return clocks.stream().anyMatch(CardClock::isOpen);
    }

    /** Whether an open clock is past a warning, or was when the event was made. */
    public boolean isAtRisk() {
        return clocks.stream().anyMatch(clock -> clock.isOpen() && clock.atRisk());
    }
}
