package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealLinks;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.rules.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the answers of deals what their facts say, and tells the listeners what changed: one revision a deal and transaction.
 * Deals that only got newest facts continue from their stored state; all others are folded from their facts.
 *
 * <p>A deal that cannot be folded keeps the answer it has, waits with the reason in {@code pending_folds}, and does not stop
 * other deals: facts are the truth, an answer can be made later.
 */
final class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    /** With this many facts, folding all of them for a late one takes longer than the intake can wait. */
    private static final int LARGE = 5_000;

    private final RuleSet rules;

    private final Connection connection;

    private final List<DealListener<?>> listeners;

    private final DealFacts facts;

    private final FoldLimits limits;

    private final Counts counts;

    private final DealTable deals;

    private final PendingFolds pending;

    private long epoch;

    /** Deals that could not be folded, and why. */
    private final Map<UUID, String> failures = new HashMap<>();

    /**
     * @param counts gets what changes of the deals
     */
    Settlement(
            Connection connection, RuleSet rules, List<DealListener<?>> listeners, FoldLimits limits, Counts counts) {
        this.connection = connection;
        this.counts = counts;
        this.limits = limits;
        this.rules = rules;
        this.listeners = listeners;
        this.facts = new DealFacts(connection);
        this.deals = new DealTable(connection);
        this.pending = new PendingFolds(connection);
    }

    /**
     * What is to be settled.
     *
     * @param deals the deals, each with its root if a link names it
     * @param causes of each deal, the new statements that concern it
     * @param onlyAdded deals that got new facts on objects they had, and nothing else
     * @param marks of deals that waited to be folded, the marks they had
     * @param named deals that a standing fact is known to name; for the others it is looked up
     * @param nothingUnsaid whether no fact was taken back: then a deal that was named when it was last settled still is
     */
    record Work(
            Map<UUID, @Nullable ObjectKey> deals,
            Map<UUID, List<ReceivedStatement>> causes,
            Set<UUID> onlyAdded,
            Map<UUID, PendingFolds.Mark> marks,
            Set<UUID> named,
            boolean nothingUnsaid) {

        /** Whether these deals waited to be folded, and do not come from a batch of the intake. */
        boolean isWaited() {
            return !marks.isEmpty();
        }

        boolean isSnapshot(UUID deal) {
            PendingFolds.Mark mark = marks.get(deal);
            return mark != null && mark.snapshot();
        }
    }

    /**
     * The result for the deals.
     *
     * @param published how many revisions were published
     * @param known those that are known, and were before
     * @param nowKnown those that are known, and were not before
     * @param turned those that became known or unknown, without new deals
     */
    record Result(int published, Set<UUID> known, Set<UUID> nowKnown, Set<UUID> turned) {
        private static final Result NOTHING = new Result(0, Set.of(), Set.of(), Set.of());
    }

    /** Settles deals. */
    Result run(Work work) throws SQLException {
        if (work.deals().isEmpty()) {
            return Result.NOTHING;
        }
        List<DealTable.Stored> stored = deals.lock(work.deals());
        epoch = deals.epoch();
        Set<UUID> known = known(work, stored);
        List<DealTable.Stored> toLoad = new ArrayList<>();
        Settled settled = new Settled(listeners);
        for (DealTable.Stored deal : stored) {
            if (!known.contains(deal.id())) {
                settle(deal, null, work, settled);
            } else if (!work.onlyAdded().contains(deal.id()) || !goesOn(deal, work, settled)) {
                toLoad.add(deal);
            }
        }
        foldLatest(toLoad, work, settled);
        foldAnew(toLoad, work, settled);
        write(settled);
        pending.postpone(failures, work.marks());
        deals.markStale(failures.keySet());
        return new Result(settled.published, settled.known, settled.nowKnown, settled.turned);
    }

    /** What was settled and is not written yet. */
    private static final class Settled {
        private final List<DealTable.Folded> folded = new ArrayList<>();
        private final PreparedChanges changes;
        private final Set<UUID> known = new HashSet<>();
        private final Set<UUID> nowKnown = new HashSet<>();
        private final Set<UUID> turned = new HashSet<>();
        private int published;

        private Settled(List<DealListener<?>> listeners) {
            this.changes = new PreparedChanges(listeners);
        }

        private void note(DealTable.Stored before, Answer now) {
            if (now.known()) {
                (before.answer().known() ? known : nowKnown).add(before.id());
            }
            if (now.known() != before.answer().known() && !before.isNew()) {
                turned.add(before.id());
            }
        }
    }

    private void write(Settled settled) throws SQLException {
        deals.write(settled.folded, rules);
        settled.published += settled.changes.write(connection);
        settled.folded.clear();
    }

    /** Folds deals that got late facts from their state before these facts, if that is known; the others stay in the list. */
    private void foldLatest(List<DealTable.Stored> toLoad, Work work, Settled settled) throws SQLException {
        Map<UUID, Instant> after = new HashMap<>();
        for (DealTable.Stored deal : toLoad) {
            List<Fact> added = addedTo(deal, work);
            DealState kept = keptState(deal);
            Instant needed = kept == null || added.isEmpty() ? null : DealFold.neededAfter(kept, added);
            if (needed != null) {
                after.put(deal.id(), needed);
            }
        }
        Map<UUID, List<Fact>> latest = after.isEmpty() ? null : facts.after(after, limits.inBatch(), this::failed);
        if (latest != null) {
            toLoad.removeIf(deal -> latest.containsKey(deal.id()) && isFoldedWith(latest, deal, work, settled));
        }
    }

    private boolean isFoldedWith(Map<UUID, List<Fact>> latest, DealTable.Stored deal, Work work, Settled settled) {
        ObjectKey root = deal.root();
        DealState kept = keptState(deal);
        if (root == null || kept == null || failures.containsKey(deal.id())) {
            return failures.containsKey(deal.id());
        }
        boolean[] done = {true};
        orFail(deal, () -> {
            DealFold fold = DealFold.ofLatest(
                    root, rules, kept, addedTo(deal, work), latest.getOrDefault(deal.id(), List.of()));
            if (fold == null) {
                done[0] = false;
            } else {
                settle(deal, fold, work, settled);
            }
        });
        return done[0];
    }

    /** The facts that a deal got, if it got nothing else. */
    private static List<Fact> addedTo(DealTable.Stored deal, Work work) {
        return work.onlyAdded().contains(deal.id())
                ? work.causes().getOrDefault(deal.id(), List.of()).stream()
                        .map(ReceivedStatement::fact)
                        .toList()
                : List.of();
    }

    /** The instant near which the next late fact of a deal may lie; null if the deal is not prepared for one. */
    private static @Nullable Instant late(DealTable.Stored deal, Work work, int facts) {
        if (work.isWaited()) {
            return facts < LARGE ? null : Instant.now();
        }
        return addedTo(deal, work).stream()
                .map(Fact::occurredAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * Folds deals from all their facts. In a batch of the intake only as many as can be read quickly; the others are marked to be
     * folded soon.
     */
    private void foldAnew(List<DealTable.Stored> toLoad, Work work, Settled settled) throws SQLException {
        List<DealTable.Stored> later = new ArrayList<>();
        List<DealTable.Stored> now = new ArrayList<>();
        long bytes = 0;
        for (DealTable.Stored deal : toLoad.stream()
                .sorted(Comparator.comparingInt(DealTable.Stored::facts))
                .toList()) {
            bytes += DealFacts.bytes(deal.facts() + 1L);
            if (work.isWaited() || (bytes <= limits.inBatch() && !deal.stale())) {
                now.add(deal);
            } else if (!deal.stale()) {
                later.add(deal);
            } // A stale one is marked already, or the transaction that took the mark away waits for its row, which this
            // one has locked.
        }
        foldOrSplit(now, work, settled, later);
        if (!later.isEmpty()) {
            List<UUID> ids = later.stream().map(DealTable.Stored::id).toList();
            pending.add(ids);
            deals.markStale(ids);
        }
    }

    private void foldOrSplit(List<DealTable.Stored> group, Work work, Settled settled, List<DealTable.Stored> later)
            throws SQLException {
        if (group.isEmpty()) {
            return;
        }
        long most = work.isWaited() ? group.size() == 1 ? limits.ofDeal() : limits.inChunk() : limits.inBatch();
        Map<UUID, List<Fact>> loaded =
                facts.of(group.stream().map(DealTable.Stored::id).toList(), most, this::failed);
        if (loaded != null) {
            foldLoaded(group, loaded, work, settled);
            write(settled);
        } else if (group.size() > 1) {
            foldOrSplit(group.subList(0, group.size() / 2), work, settled, later);
            foldOrSplit(group.subList(group.size() / 2, group.size()), work, settled, later);
        } else if (work.isWaited()) {
            failed(
                    group.getFirst().id(),
                    new IllegalStateException("its facts take more than " + (most >> 20)
                            + " MiB, a quarter of the memory" + " of this process: give it more (-Xmx)"));
        } else {
            later.addAll(group);
        }
    }

    private void foldLoaded(List<DealTable.Stored> group, Map<UUID, List<Fact>> loaded, Work work, Settled settled) {
        DealLinks links = new DealLinks();
        for (DealTable.Stored deal : group) {
            ObjectKey root = deal.root();
            List<Fact> itsFacts = loaded.getOrDefault(deal.id(), List.of());
            if (!failures.containsKey(deal.id())) {
                orFail(
                        deal,
                        () -> settle(
                                deal,
                                root == null
                                        ? null
                                        : DealFold.of(root, rules, itsFacts, links, late(deal, work, itsFacts.size())),
                                work,
                                settled));
            }
        }
    }

    /** Runs the work for a deal; a failure concerns this deal, and no other. */
    private void orFail(DealTable.Stored deal, Runnable work) {
        try {
            work.run();
        } catch (DealListener.NotNowException e) {
            throw e; // That is not about the deal: the whole transaction is done again later.
        } catch (RuntimeException e) {
            failed(deal.id(), e);
        }
    }

    /** Continues from the stored state. Returns false if the deal has to be folded from its facts. */
    private boolean goesOn(DealTable.Stored deal, Work work, Settled settled) {
        boolean[] done = {true};
        orFail(deal, () -> {
            DealFold fold = append(deal, work.causes().getOrDefault(deal.id(), List.of()));
            if (fold == null) {
                done[0] = false;
            } else {
                settle(deal, fold, work, settled);
            }
        });
        return done[0];
    }

    private Set<UUID> known(Work work, List<DealTable.Stored> stored) throws SQLException {
        Set<UUID> known = new HashSet<>(work.named());
        if (work.nothingUnsaid()) {
            // A transaction that takes back what names a deal settles the deal itself, before or after this one, which
            // has locked
            // its row; or, if there are too many, marks it to be settled soon.
            stored.stream().filter(it -> it.answer().known()).forEach(it -> known.add(it.id()));
        }
        Set<UUID> others = new HashSet<>(work.deals().keySet());
        others.removeAll(known);
        known.addAll(deals.known(others));
        return known;
    }

    private void failed(UUID deal, RuntimeException failure) {
        if (failures.put(deal, failure.toString()) == null) {
            log.error(
                    "deal {} cannot be folded: its answer stays as it is, and it is tried again later", deal, failure);
        }
    }

    private void settle(DealTable.Stored before, @Nullable DealFold fold, Work work, Settled settled) {
        Deal deal = fold == null ? null : fold.brief();
        DealState state = fold == null ? null : fold.state();
        Answer now = deal == null ? Answer.UNKNOWN : Answer.of(deal);
        boolean snapshot = work.isSnapshot(before.id());
        if (!now.known() && !before.answer().known() && !snapshot) {
            return;
        }
        List<String> changed = before.answer().changes(now);
        boolean publish = snapshot || !changed.isEmpty();
        long revision = before.revision() + (publish ? 1 : 0);
        DealTable.Folded row = new DealTable.Folded(before.id(), revision, now, deal == null ? 0 : deal.facts(), state);
        if (publish && before.root() != null) {
            settled.changes.add(new DealChange(
                    before.id(),
                    before.root(),
                    revision,
                    epoch,
                    before.answer(),
                    now,
                    deal == null ? 0 : deal.facts(),
                    deal == null ? List.of() : evidence(deal),
                    changed,
                    snapshot,
                    rules.label(),
                    work.causes().getOrDefault(before.id(), List.of())));
        }
        settled.folded.add(row);
        settled.note(before, now);
        counts.deal(before.answer(), -1);
        counts.deal(now, 1);
    }

    private static List<UUID> evidence(Deal deal) {
        Finding finding = deal.findings().get(deal.stage());
        return finding == null ? List.of() : finding.evidence();
    }

    /**
     * Continues from the stored state, if every new fact is strictly the newest. Null if the deal has to be folded from its
     * facts.
     */
    private @Nullable DealFold append(DealTable.Stored deal, Collection<ReceivedStatement> added) {
        ObjectKey root = deal.root();
        if (root == null) {
            return null;
        }
        DealState state = deal.isNew() ? null : keptState(deal);
        if (state == null && !deal.isNew()) {
            return null;
        }
        DealFold fold = state == null ? DealFold.of(root, rules, List.of()) : DealFold.resume(root, rules, state);
        List<Fact> sorted = added.stream()
                .map(ReceivedStatement::fact)
                .sorted(Comparator.comparing(Fact::occurredAt))
                .toList();
        return sorted.stream().allMatch(fold::append) ? fold : null;
    }

    private @Nullable DealState keptState(DealTable.Stored deal) {
        return rules.meaning().equals(deal.rules()) && !deal.stale() ? deal.state() : null;
    }
}
