package io.masterdeal.facts;

import io.masterdeal.facts.sla.KeptSla;
import io.masterdeal.facts.sla.Mark;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Checkpoint;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.FoldListener;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.KeptClocks;
import io.masterdeal.model.sla.SlaFold;
import io.masterdeal.model.sla.SlaStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the clocks of deals while these are settled, at the present instant. Newest facts go on from the kept clocks, late ones
 * from those at a checkpoint of the deal, and otherwise all facts are needed. Facts that lie ahead do not count yet: they need all
 * facts too, and nothing is kept.
 */
final class ClockKeeper {

    /** Clocks of processes differ by less. What is found later is not evaluated for an earlier instant. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final SlaStatus NO_CLOCKS = new SlaStatus(List.of(), null, null);

    private final SlaTerms terms;

    private final Instant now;

    ClockKeeper(SlaTerms terms) {
        this.terms = terms;
        this.now = terms.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The clocks of a deal, evaluated.
     *
     * @param at for which instant
     * @param status the cycles that were looked at
     * @param kept with the clocks and what to go on from; what stands is still that of before
     * @param untouched whether the cycle of a mark had ended before
     */
    record Evaluated(Instant at, SlaStatus status, KeptSla kept, Predicate<Mark> untouched) {

        List<ClockStatus> clocks() {
            return kept.clocks();
        }
    }

    /** The attributes of roots that have to be read with facts. */
    Set<String> attributes() {
        return terms.isOff() ? Set.of() : terms.evaluator().attributesKept();
    }

    /** What a fold has to show its instants to; null if there are no clocks. */
    @Nullable
    FoldListener listener(SlaFold clocks) {
        return terms.isOff() ? null : clocks;
    }

    /** The instant for which a deal is evaluated: the present one, but not before that of the last time. */
    Instant instant(DealTable.Stored deal) {
        Instant last = deal.slaAt();
        return last != null && last.isAfter(now) && last.isBefore(now.plus(SKEW)) ? last : now;
    }

    /** Whether a fact lies ahead, so that the clocks cannot go on from what is kept. */
    boolean isAhead(DealTable.Stored deal, Collection<Fact> facts) {
        Instant instant = instant(deal);
        return !terms.isOff()
                && facts.stream().anyMatch(fact -> fact.occurredAt().isAfter(instant));
    }

    /** The clocks of a deal before its first fact. */
    SlaFold begin(ObjectKey root) {
        return terms.evaluator().begin(root);
    }

    /** The clocks as they are kept; null if they have to be made from the facts. */
    @Nullable
    SlaFold goOn(DealTable.Stored deal, DealState state) {
        ObjectKey root = deal.root();
        if (root == null) {
            return null;
        }
        Instant last = state.lastInstant();
        KeptSla kept = deal.sla();
        if (terms.isOff() || last == null) {
            return begin(root);
        }
        KeptClocks present = kept == null || !isOfThesePolicies(deal) ? null : kept.present();
        return present == null ? null : terms.evaluator().resume(root, present, last);
    }

    /** The same at a checkpoint of the deal. */
    @Nullable
    SlaFold goOnAt(DealTable.Stored deal, Instant checkpoint) {
        ObjectKey root = deal.root();
        KeptSla kept = deal.sla();
        if (root == null) {
            return null;
        }
        if (terms.isOff()) {
            return begin(root);
        }
        KeptClocks then = kept == null || !isOfThesePolicies(deal)
                ? null
                : kept.atCheckpoints().get(checkpoint);
        return then == null ? null : terms.evaluator().resume(root, then, checkpoint);
    }

    private boolean isOfThesePolicies(DealTable.Stored deal) {
        return terms.evaluator().meaning().equals(deal.slaPolicies());
    }

    /**
     * Evaluates clocks that have all facts of the deal.
     *
     * @param clocks after the newest fact
     * @param state of the deal after the same fact
     */
    Evaluated evaluate(DealTable.Stored deal, SlaFold clocks, DealState state) {
        Instant at = instant(deal);
        SlaStatus status = terms.isOff() ? NO_CLOCKS : terms.evaluator().status(clocks, at);
        SortedMap<Instant, KeptClocks> atCheckpoints = new TreeMap<>();
        KeptSla before = deal.sla();
        for (Checkpoint checkpoint : state.checkpoints()) {
            KeptClocks then = clocks.keptAt().get(checkpoint.at());
            if (then == null && before != null && isOfThesePolicies(deal)) {
                then = before.atCheckpoints().get(checkpoint.at());
            }
            if (then != null) {
                atCheckpoints.put(checkpoint.at(), then);
            }
        }
        KeptClocks present = terms.isOff() ? null : clocks.kept();
        return evaluated(
                at,
                status,
                present,
                atCheckpoints,
                mark -> clocks.isSettled(mark.policy(), object(mark), mark.startedAt()));
    }

    private static @Nullable ObjectKey object(Mark mark) {
        return mark.object().isEmpty() ? null : new ObjectKey(mark.object());
    }

    /** Evaluates the clocks of a deal some of whose facts lie ahead. */
    Evaluated evaluate(DealTable.Stored deal, ObjectKey root, List<Fact> facts) {
        Instant at = instant(deal);
        return evaluated(at, terms.evaluator().status(root, facts, at), null, new TreeMap<>(), _ -> false);
    }

    /** A deal without facts. */
    Evaluated none(DealTable.Stored deal) {
        return evaluated(instant(deal), NO_CLOCKS, null, new TreeMap<>(), _ -> false);
    }

    private static Evaluated evaluated(
            Instant at,
            SlaStatus status,
            @Nullable KeptClocks present,
            SortedMap<Instant, KeptClocks> atCheckpoints,
            Predicate<Mark> untouched) {
        return new Evaluated(
                at,
                status,
                new KeptSla(status.clocks(), status.nextAt(), status.client(), List.of(), present, atCheckpoints),
                untouched);
    }
}
