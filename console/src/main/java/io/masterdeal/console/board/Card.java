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
 * @param amount the attribute {@code amount}; null if it is missing or no number
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
     * An SLA clock, as far as its state can be told at any instant without another event.
     *
     * @param policy its policy
     * @param domain whose clock it is
     * @param state running, paused, met, breached or cancelled, when the event was made
     * @param startedAt UTC
     * @param dueAt when its target is spent, UTC; null if that is not known
     * @param atRisk whether a warning had passed when the event was made
     * @param breachedAt when the target was spent, UTC; null if it was not
     */
    public record CardClock(
            String policy,
            String domain,
            String state,
            Instant startedAt,
            @Nullable Instant dueAt,
            boolean atRisk,
            @Nullable Instant breachedAt) {
        /** Whether it still runs or is paused. */
        public boolean isOpen() {
            return state.equals("running") || state.equals("paused") || state.equals("breached");
        }

        /** Whether its target is spent at an instant. */
        public boolean isBreached(Instant now) {
            return breachedAt != null || (state.equals("running") && dueAt != null && !dueAt.isAfter(now));
        }
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

    /** The SLA of the deal at an instant: that of its worst open clock. */
    public DealSla sla(Instant now) {
        DealSla worst = DealSla.NONE;
        for (CardClock clock : clocks) {
            if (clock.isBreached(now)) {
                return DealSla.BREACHED;
            }
            if (clock.isOpen()) {
                worst = clock.atRisk() ? DealSla.AT_RISK : worst == DealSla.AT_RISK ? worst : DealSla.OK;
            }
        }
        return worst;
    }
}
