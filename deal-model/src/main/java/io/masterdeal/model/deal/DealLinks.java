package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of facts that may lead to an object of a deal. Roots of other deals are left out. A frame contract may be linked to
 * thousands of them: each of its deals would keep them all, and folding all these deals would scan all links once for each deal.
 * So for facts with many links, those that lead to no root are cached here.
 *
 * <p>Not thread-safe. Use one for the folds of one batch, because it keeps references to the facts.
 */
public final class DealLinks {

    /** With fewer links, scanning is as fast as caching. */
    private static final int MANY = 32;

    /** For facts with many links, the links that lead to no root; null until there is such a fact, which is rare. */
    private @Nullable IdentityHashMap<Fact, Set<ObjectKey>> notToRoots;

    /** Creates an empty cache. */
    public DealLinks() {}

    /** The links of a fact that belong to the deal of this root; must not be modified. */
    Set<ObjectKey> of(ObjectKey root, Fact fact) {
        Set<ObjectKey> links = fact.followedLinks();
        Set<ObjectKey> others = links.size() < MANY ? withoutRoots(links) : remembered(fact, links);
        if (!links.contains(root)) {
            return others;
        }
        Set<ObjectKey> within = new HashSet<>(others);
        within.add(root);
        return within;
    }

    private Set<ObjectKey> remembered(Fact fact, Set<ObjectKey> links) {
        IdentityHashMap<Fact, Set<ObjectKey>> known = notToRoots;
        if (known == null) {
            known = new IdentityHashMap<>();
            notToRoots = known;
        }
        return known.computeIfAbsent(fact, _ -> withoutRoots(links));
    }

    private static Set<ObjectKey> withoutRoots(Set<ObjectKey> links) {
        Set<ObjectKey> others = new HashSet<>();
        for (ObjectKey link : links) {
            if (!link.isRoot()) {
                others.add(link);
            }
        }
        return others;
    }
}
