package io.masterdeal.model.deal;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of facts that may lead to an object of a deal. The root of another deal is none, and a frame contract may have
 * thousands of these: each of its deals would keep them all, and who folds all of these deals would look at all links for each
 * of them. So of facts with many links the others are remembered here.
 *
 * <p>For one thread, and for the folds of one batch: it holds on to the facts.
 */
public final class DealLinks {

    /** With fewer links, to look is as quick as to remember. */
    private static final int MANY = 32;

    /** Of facts with many links, those that lead to no root; null until there is such a fact, which is rare. */
    private @Nullable IdentityHashMap<Fact, Set<ObjectKey>> notToRoots;

    /** Makes one that remembers nothing yet. */
    public DealLinks() {}

    /** The links of a fact that count in the deal of this root; to be read only. */
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
