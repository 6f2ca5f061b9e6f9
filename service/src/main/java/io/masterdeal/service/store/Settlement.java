package io.masterdeal.service.store;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.deal.LinksWithin;
import io.masterdeal.model.rules.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
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
 * Makes the answers of deals what their facts say, and publishes what changed: one revision a deal and transaction.
 * Deals that only got newest facts go on from their kept state; all others are folded from their facts.
 *
 * <p>A deal that cannot be folded keeps the answer it has, waits with the reason in {@code pending_folds}, and stops no other
 * one: facts are the truth, an answer can be made later.
 */
final class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final RuleSet rules;

    private final String ruleSet;

    private final ChangeMessages messages;

    private final FactTable facts;

    private final DealTable deals;

    private final PendingFolds pending;

    private long epoch;

    /** Deals that could not be folded, and why. */
    private final Map<UUID, String> failures = new HashMap<>();

    Settlement(Connection connection, RuleSet rules, ChangeMessages messages) {
        this.rules = rules;
        this.ruleSet = rules.name() + "@" + rules.version();
        this.messages = messages;
        this.facts = new FactTable(connection);
        this.deals = new DealTable(connection);
        this.pending = new PendingFolds(connection);
    }

    /**
     * What is to be settled.
     *
     * @param deals the deals, each with its root if a link names it
     * @param causes of each deal, the new statements that concern it
     * @param onlyAdded deals that got new facts on objects they had, and nothing else
     * @param snapshots deals to publish even if nothing changed
     * @param named deals that a standing fact is known to name; of the others it is looked up
     * @param nothingUnsaid whether no fact was taken back: what was named when it was settled last is still
     */
    record Work(
            Map<UUID, @Nullable ObjectKey> deals,
            Map<UUID, List<ReceivedStatement>> causes,
            Set<UUID> onlyAdded,
            Set<UUID> snapshots,
            Set<UUID> named,
            boolean nothingUnsaid) {}

    /** Settles deals; returns how many revisions were published. */
    int run(Work work) throws SQLException {
        if (work.deals().isEmpty()) {
            return 0;
        }
        List<DealTable.Stored> stored = deals.lock(work.deals());
        epoch = deals.epoch();
        Set<UUID> known = known(work, stored);
        Map<UUID, DealFold> folds = new HashMap<>();
        List<UUID> toLoad = new ArrayList<>();
        for (DealTable.Stored deal : stored) {
            if (known.contains(deal.id())) {
                DealFold appended = work.onlyAdded().contains(deal.id())
                        ? append(deal, work.causes().getOrDefault(deal.id(), List.of()))
                        : null;
                if (appended == null) {
                    toLoad.add(deal.id());
                } else {
                    folds.put(deal.id(), appended);
                }
            }
        }
        Map<UUID, List<Fact>> loaded = toLoad.isEmpty() ? Map.of() : facts.ofDeals(toLoad, this::failed);
        List<DealTable.Folded> folded = new ArrayList<>();
        List<byte[]> outgoing = new ArrayList<>();
        LinksWithin links = new LinksWithin();
        for (DealTable.Stored deal : stored) {
            if (failures.containsKey(deal.id())) {
                continue;
            }
            try {
                DealFold fold = folds.get(deal.id());
                if (fold == null && known.contains(deal.id()) && deal.root() != null) {
                    fold = DealFold.of(deal.root(), rules, loaded.getOrDefault(deal.id(), List.of()), links);
                }
                settle(deal, fold, work, folded, outgoing);
            } catch (ChangeMessages.NotNowException e) {
                throw e; // That is nothing of the deal: all of it is done again later.
            } catch (RuntimeException e) {
                failed(deal.id(), e);
            }
        }
        pending.postpone(failures, work.snapshots());
        deals.write(folded, ruleSet);
        deals.emit(outgoing);
        return outgoing.size();
    }

    private Set<UUID> known(Work work, List<DealTable.Stored> stored) throws SQLException {
        Set<UUID> known = new HashSet<>(work.named());
        if (work.nothingUnsaid()) {
            // Whoever takes back what names a deal settles it himself, before or after us, for we hold its row; or
            // marks it,
            // with too many others, to be settled soon.
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
                    "deal {} cannot be folded: its answer stays as it is, and it is tried again now and then",
                    deal,
                    failure);
        }
    }

    private void settle(
            DealTable.Stored before,
            @Nullable DealFold fold,
            Work work,
            List<DealTable.Folded> folded,
            List<byte[]> outgoing) {
        Deal deal = fold == null ? null : fold.brief();
        DealState state = fold == null ? null : fold.state();
        Answer now = deal == null ? Answer.UNKNOWN : Answer.of(deal);
        boolean snapshot = work.snapshots().contains(before.id());
        if (!now.known() && !before.answer().known() && !snapshot) {
            return;
        }
        List<String> changed = before.answer().changes(now);
        boolean publish = snapshot || !changed.isEmpty();
        long revision = before.revision() + (publish ? 1 : 0);
        DealTable.Folded row = new DealTable.Folded(before.id(), revision, now, deal == null ? 0 : deal.facts(), state);
        if (publish && before.root() != null) {
            outgoing.add(messages.write(new DealChange(
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
                    ruleSet,
                    work.causes().getOrDefault(before.id(), List.of()))));
        }
        folded.add(row);
    }

    private static List<UUID> evidence(Deal deal) {
        Finding finding = deal.findings().get(deal.stage());
        return finding == null ? List.of() : finding.evidence();
    }

    /** Goes on from the kept state, if every new fact is strictly the newest. Null if it has to be folded anew. */
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
        return deal.ruleSet().equals(ruleSet) && !deal.stale() ? deal.state() : null;
    }
}
