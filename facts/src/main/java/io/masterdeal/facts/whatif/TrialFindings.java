package io.masterdeal.facts.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a trial has found so far, in numbers and by examples. Its size does not grow with the number of deals. Not thread-safe. */
public final class TrialFindings {

    /** The most examples. */
    public static final int SAMPLES = 100;

    /**
     * A change of something.
     *
     * @param from what it is now
     * @param to what it would be
     */
    public record Move(String from, String to) implements Comparable<Move> {
        private static final Comparator<Move> ORDER =
                Comparator.comparing(Move::from).thenComparing(Move::to);

        @Override
        public int compareTo(Move other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Move, Long> stages = new TreeMap<>();

    private final Map<Move, Long> outcomes = new TreeMap<>();

    private final Map<Move, List<ChangedDeal>> samples = new TreeMap<>();

    private long looked;

    private long judged;

    private long folded;

    private long leftOut;

    private long changed;

    private long moved;

    private long gaps;

    private long contradictory;

    void addLooked() {
        looked++;
    }

    void addFolded() {
        folded++;
    }

    void addLeftOut() {
        leftOut++;
    }

    void addSame(StageByRules standing) {
        judged++;
        stages.merge(new Move(standing.stage(), standing.stage()), 1L, Long::sum);
        outcomes.merge(new Move(standing.outcome(), standing.outcome()), 1L, Long::sum);
    }

    void addChanged(ChangedDeal change) {
        StageByRules from = change.from();
        StageByRules to = change.to();
        judged++;
        changed++;
        moved += change.isMoved() ? 1 : 0;
        gaps += from.gaps().equals(to.gaps()) ? 0 : 1;
        contradictory += from.contradictory() == to.contradictory() ? 0 : 1;
        Move move = new Move(from.stage(), to.stage());
        stages.merge(move, 1L, Long::sum);
        outcomes.merge(new Move(from.outcome(), to.outcome()), 1L, Long::sum);
        sample(move, change);
    }

    /** Rare moves are of more interest than one more example of a frequent one, so they replace those. */
    private void sample(Move move, ChangedDeal change) {
        List<ChangedDeal> ours = samples.computeIfAbsent(move, _ -> new ArrayList<>());
        int all = samples.values().stream().mapToInt(List::size).sum();
        if (all < SAMPLES) {
            ours.add(change);
            return;
        }
        List<ChangedDeal> most = samples.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(ours);
        if (most.size() > ours.size() + 1) {
            most.removeLast();
            ours.add(change);
        }
    }

    /** Deals looked at, whether they fit the filter or not. */
    public long looked() {
        return looked;
    }

    /** Deals that fit the filter and were judged. */
    public long judged() {
        return judged;
    }

    /** How many of these from all their facts, because facts were missing in what is kept of them. */
    public long folded() {
        return folded;
    }

    /** Deals with too many facts to be folded here, or with unreadable ones; they are in no other number. */
    public long leftOut() {
        return leftOut;
    }

    /** Deals with another stage, outcome, gaps or contradiction. */
    public long changed() {
        return changed;
    }

    /** Deals with another stage. */
    public long moved() {
        return moved;
    }

    /** Which part of the judged deals has another stage, 0 to 1. */
    public double share() {
        return judged == 0 ? 0 : (double) moved / judged;
    }

    /** Deals with other gaps. */
    public long gaps() {
        return gaps;
    }

    /** Deals that contradict themselves by one of the rule sets and not by the other. */
    public long contradictory() {
        return contradictory;
    }

    /** How many deals there are of each pair of stages, those that stay among them. */
    public Map<Move, Long> stages() {
        return new TreeMap<>(stages);
    }

    /** How many deals there are of each pair of outcomes, those that stay among them. */
    public Map<Move, Long> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** Changed deals: the first of each pair of stages, then the second of each, and so on. */
    public List<ChangedDeal> samples() {
        List<ChangedDeal> inTurn = new ArrayList<>();
        int longest = samples.values().stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<ChangedDeal> each : samples.values()) {
                if (i < each.size()) {
                    inTurn.add(each.get(i));
                }
            }
        }
        return inTurn;
    }
}
