package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.RootAttributes;
import java.util.Collection;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attributes of roots that answers have. Each is the greatest by version, so added facts are put into the kept ones
 * whether they are newest or late; all facts are needed only after a retraction, or if what is kept cannot be relied on.
 */
final class FieldKeeper {

    private final SortedSet<String> names;

    private final long meaning;

    FieldKeeper(FieldNames names) {
        this.names = names.names();
        this.meaning = names.meaning();
    }

    /** The attributes of roots that have to be read with facts. */
    SortedSet<String> attributes() {
        return names;
    }

    /**
     * Puts facts into what is kept of a deal.
     *
     * @param added all that the deal got since it was stored
     * @return null if all facts are needed
     */
    @Nullable
    KeptFields goOn(DealTable.Stored deal, Collection<Fact> added) {
        RootAttributes attributes = new RootAttributes();
        KeptFields kept = deal.fields();
        if (kept != null && kept.meaning() == meaning && kept.facts() == deal.facts()) {
            kept.attributes().forEach(attributes::restore);
        } else if (!deal.isNew()) {
            return null;
        }
        ObjectKey root = deal.root();
        if (root != null) {
            put(attributes, root, added);
        }
        return attributes.isUndecided()
                ? null
                : new KeptFields(meaning, deal.facts() + added.size(), attributes.kept());
    }

    /**
     * The attributes of a deal.
     *
     * @param facts all of it, each once, in any order, without the retracted
     */
    KeptFields of(ObjectKey root, Collection<Fact> facts) {
        RootAttributes attributes = new RootAttributes();
        put(attributes, root, facts);
        return new KeptFields(meaning, facts.size(), attributes.kept());
    }

    private void put(RootAttributes attributes, ObjectKey root, Collection<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.subject().equals(root)) {
                fact.attributes().forEach((name, value) -> {
                    if (names.contains(name)) {
                        attributes.put(name, StoredFields.cut(value, StoredFields.LONGEST_VALUE), fact);
                    }
                });
            }
        }
    }
}
