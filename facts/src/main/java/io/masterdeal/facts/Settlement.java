package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealLinks;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.FoldListener;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaFold;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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

    private static final DealState NO_FACTS = new DealState(0, null, new TreeMap<>(), Map.of(), Map.of(), List.of());

    private final RuleSet rules;

    private final Answering answering;

    private final Connection connection;

    private final DealFacts facts;

    private final FoldLimits limits;

    private final Counts counts;

    private final ClockKeeper clocks;

    private final FieldKeeper fields;

    private final DealTable deals;

    private final PendingFolds pending;

    /** Deals that could not be folded, and why. */
    private final Map<UUID, String> failures = new HashMap<>();

    /**
     * @param counts gets what changes of the deals
     */
    Settlement(Connection connection, Answering answering, Counts counts) {
        this.connection = connection;
        this.answering = answering;
        this.counts = counts;
        this.limits = answering.limits();
        this.rules = answering.rules();
        this.clocks = new ClockKeeper(answering.sla());
        this.fields = new FieldKeeper(answering.fields());
        Set<String> attributes = new HashSet<>(clocks.attributes());
        attributes.addAll(fields.attributes());
        this.facts = new DealFacts(connection, attributes);
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

        /**
         * Deals whose clocks are due.
         *
         * @param ids in the order in which they are due
         */
        static Work ofDue(List<UUID> ids) {
            Map<UUID, @Nullable ObjectKey> deals = new LinkedHashMap<>();
            ids.forEach(id -> deals.put(id, null));
            return new Work(deals, Map.of(), deals.keySet(), Map.of(), Set.of(), true);
        }

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
     * @param tasks how many requests about tasks are to be sent
     */
    record Result(int published, Set<UUID> known, Set<UUID> nowKnown, Set<UUID> turned, int tasks) {
        private static final Result NOTHING = new Result(0, Set.of(), Set.of(), Set.of(), 0);
    }

    /** Settles deals. */
    Result run(Work work) throws SQLException {
        if (work.deals().isEmpty()) {
            return Result.NOTHING;
        }
        List<DealTable.Stored> stored = inOrder(deals.lock(work.deals()), work);
        Set<UUID> known = known(work, stored);
        List<DealTable.Stored> toLoad = new ArrayList<>();
        SettledDeals settled = new SettledDeals(connection, answering, counts, deals.epoch());
        settled.readStanding(stored, work);
        for (DealTable.Stored deal : stored) {
            if (!known.contains(deal.id())) {
                settled.add(deal, null, clocks.none(deal), null, work);
            } else if (!work.onlyAdded().contains(deal.id()) || !goesOn(deal, work, settled)) {
                toLoad.add(deal);
            }
        }
        foldLatest(toLoad, work, settled);
        foldAnew(toLoad, work, settled);
        settled.write();
        pending.postpone(failures, work.marks());
        deals.markStale(failures.keySet());
        return settled.result();
    }

    /** In the order of the work, so that what is due first is told first. */
    private static List<DealTable.Stored> inOrder(List<DealTable.Stored> stored, Work work) {
        if (!(work.deals() instanceof LinkedHashMap<?, ?>)) {
            return stored;
        }
        Map<UUID, DealTable.Stored> byId = new HashMap<>();
        stored.forEach(each -> byId.put(each.id(), each));
        return work.deals().keySet().stream()
                .map(byId::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Folds deals that got late facts from their state before these facts, if that is known; the others stay in the list. */
    private void foldLatest(List<DealTable.Stored> toLoad, Work work, SettledDeals settled) throws SQLException {
        Map<UUID, Instant> after = new HashMap<>();
        for (DealTable.Stored deal : toLoad) {
            List<Fact> added = addedTo(deal, work);
            DealState kept = keptState(deal);
            Instant needed = kept == null || added.isEmpty() ? null : DealFold.neededAfter(kept, added);
            if (needed != null && !clocks.isAhead(deal, added) && clocks.goOnAt(deal, needed) != null) {
                after.put(deal.id(), needed);
            }
        }
        Map<UUID, List<Fact>> latest = after.isEmpty() ? null : facts.after(after, limits.inBatch(), this::failed);
        if (latest != null) {
            toLoad.removeIf(deal -> latest.containsKey(deal.id()) && isFoldedWith(latest, deal, work, settled));
        }
    }

    private boolean isFoldedWith(Map<UUID, List<Fact>> latest, DealTable.Stored deal, Work work, SettledDeals settled) {
        ObjectKey root = deal.root();
        DealState kept = keptState(deal);
        if (root == null || kept == null || failures.containsKey(deal.id())) {
            return failures.containsKey(deal.id());
        }
        boolean[] done = {true};
        orFail(deal, () -> {
            List<Fact> added = addedTo(deal, work);
            KeptFields itsFields = fields.goOn(deal, added);
            Instant after = itsFields == null ? null : DealFold.neededAfter(kept, added);
            SlaFold itsClocks = after == null ? null : clocks.goOnAt(deal, after);
            DealFold fold = itsClocks == null
                    ? null
                    : DealFold.ofLatest(
                            root,
                            rules,
                            kept,
                            added,
                            latest.getOrDefault(deal.id(), List.of()),
                            clocks.listener(itsClocks));
            if (fold == null || itsClocks == null || itsClocks.needsAll()) {
                done[0] = false;
            } else {
                settled.add(deal, fold, clocks.evaluate(deal, itsClocks, fold.state()), itsFields, work);
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
    private void foldAnew(List<DealTable.Stored> toLoad, Work work, SettledDeals settled) throws SQLException {
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

    private void foldOrSplit(
            List<DealTable.Stored> group, Work work, SettledDeals settled, List<DealTable.Stored> later)
            throws SQLException {
        if (group.isEmpty()) {
            return;
        }
        long most = work.isWaited() ? group.size() == 1 ? limits.ofDeal() : limits.inChunk() : limits.inBatch();
        Map<UUID, List<Fact>> loaded =
                facts.of(group.stream().map(DealTable.Stored::id).toList(), most, this::failed);
        if (loaded != null) {
            foldLoaded(group, loaded, work, settled);
            settled.write();
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

    private void foldLoaded(
            List<DealTable.Stored> group, Map<UUID, List<Fact>> loaded, Work work, SettledDeals settled) {
        DealLinks links = new DealLinks();
        for (DealTable.Stored deal : group) {
            if (!failures.containsKey(deal.id())) {
                orFail(deal, () -> foldWhole(deal, loaded.getOrDefault(deal.id(), List.of()), links, work, settled));
            }
        }
    }

    private void foldWhole(
            DealTable.Stored deal, List<Fact> itsFacts, DealLinks links, Work work, SettledDeals settled) {
        ObjectKey root = deal.root();
        if (root == null) {
            settled.add(deal, null, clocks.none(deal), null, work);
            return;
        }
        Instant late = late(deal, work, itsFacts.size());
        if (clocks.isAhead(deal, itsFacts)) {
            DealFold fold = DealFold.of(root, rules, itsFacts, links, late);
            settled.add(deal, fold, clocks.evaluate(deal, root, itsFacts), fields.of(root, itsFacts), work);
        } else {
            SlaFold itsClocks = clocks.begin(root);
            DealFold fold = DealFold.of(root, rules, itsFacts, links, late, clocks.listener(itsClocks));
            settled.add(deal, fold, clocks.evaluate(deal, itsClocks, fold.state()), fields.of(root, itsFacts), work);
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
    private boolean goesOn(DealTable.Stored deal, Work work, SettledDeals settled) {
        boolean[] done = {true};
        orFail(deal, () -> done[0] = append(deal, addedTo(deal, work), work, settled));
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

    /** Continues from the stored state, if every new fact is strictly the newest. Returns false if all facts are needed. */
    private boolean append(DealTable.Stored deal, List<Fact> added, Work work, SettledDeals settled) {
        ObjectKey root = deal.root();
        DealState kept = deal.isNew() ? NO_FACTS : keptState(deal);
        if (root == null || kept == null || clocks.isAhead(deal, added)) {
            return false;
        }
        SlaFold itsClocks = clocks.goOn(deal, kept);
        KeptFields itsFields = fields.goOn(deal, added);
        if (itsClocks == null || itsFields == null) {
            return false;
        }
        FoldListener listener = clocks.listener(itsClocks);
        DealFold fold = deal.isNew()
                ? DealFold.of(root, rules, List.of(), new DealLinks(), null, listener)
                : DealFold.resume(root, rules, kept, listener);
        List<Fact> sorted =
                added.stream().sorted(Comparator.comparing(Fact::occurredAt)).toList();
        if (!sorted.stream().allMatch(fold::append) || itsClocks.needsAll()) {
            return false;
        }
        settled.add(deal, fold, clocks.evaluate(deal, itsClocks, fold.state()), itsFields, work);
        return true;
    }

    private @Nullable DealState keptState(DealTable.Stored deal) {
        return rules.meaning().equals(deal.rules()) && !deal.stale() ? deal.state() : null;
    }
}
