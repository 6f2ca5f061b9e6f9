package io.masterdeal.facts;

import io.masterdeal.facts.placement.ObjectGraph.Home;
import io.masterdeal.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deals that a batch affects, and how. The phases of the batch add to it; the settlement reads it. */
final class AffectedDeals {

    /** A fact about an object in more deals than this only marks them; they are folded soon, in chunks. */
    static final int WIDE = 200;

    private final Map<UUID, @Nullable ObjectKey> toSettle = new HashMap<>();

    private final Map<UUID, @Nullable ObjectKey> postponed = new HashMap<>();

    private final Set<UUID> reshaped = new HashSet<>();

    private final Set<UUID> named = new HashSet<>();

    private final Map<UUID, List<ReceivedStatement>> causes = new HashMap<>();

    /** Has a deal settled in this batch. */
    void settle(UUID deal) {
        settle(deal, null);
    }

    /**
     * Has a deal settled in this batch.
     *
     * @param root null if no link names it
     */
    void settle(UUID deal, @Nullable ObjectKey root) {
        if (toSettle.get(deal) == null) {
            toSettle.put(deal, root);
        }
    }

    /** Has deals settled in this batch; if they are very many, as those that a frame contract links to, soon after it. */
    void settleOrPostpone(List<Home> homes) {
        for (Home home : homes) {
            if (homes.size() > WIDE) {
                postpone(home.dealId(), home.root());
            } else {
                settle(home.dealId(), home.root());
            }
        }
    }

    /** Has a deal folded soon after the batch. */
    void postpone(UUID deal) {
        postponed.putIfAbsent(deal, null);
    }

    /**
     * Has a deal folded soon after the batch.
     *
     * @param root null if no link names it
     */
    void postpone(UUID deal, @Nullable ObjectKey root) {
        postponed.put(deal, root);
    }

    /** Says that more changed of these deals than that facts were added. */
    void reshape(Collection<UUID> deals) {
        reshaped.addAll(deals);
    }

    /** Says that a standing fact of the batch names these deals. */
    void name(List<Home> homes) {
        homes.forEach(home -> named.add(home.dealId()));
    }

    void addCause(UUID deal, ReceivedStatement statement) {
        List<ReceivedStatement> sofar = causes.computeIfAbsent(deal, _ -> new ArrayList<>());
        if (!sofar.contains(statement)) {
            sofar.add(statement);
        }
    }

    /** The deals to settle in this batch, each with its root if a link names it. */
    Map<UUID, @Nullable ObjectKey> toSettle() {
        return toSettle;
    }

    /** The deals to fold later, each with its root if a link names it. */
    Map<UUID, @Nullable ObjectKey> postponed() {
        Map<UUID, @Nullable ObjectKey> later = new HashMap<>(postponed);
        later.keySet().removeAll(toSettle.keySet());
        return later;
    }

    /** Of the deals to settle, those that only got facts. */
    Set<UUID> onlyAdded() {
        Set<UUID> onlyAdded = new HashSet<>(toSettle.keySet());
        onlyAdded.removeAll(reshaped);
        return onlyAdded;
    }

    /** Deals that a standing fact of the batch names. */
    Set<UUID> named() {
        return named;
    }

    /** The statements of the batch that concern each deal. */
    Map<UUID, List<ReceivedStatement>> causes() {
        return causes;
    }
}
