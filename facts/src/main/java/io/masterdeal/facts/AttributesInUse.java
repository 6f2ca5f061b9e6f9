package io.masterdeal.facts;

import java.util.Set;

/**
 * Which attributes of facts an answer is made of. Nothing else of the attributes is read when a deal is folded: they are the
 * greater
 * part of most facts, and may be a hundred kilobytes each. A change that makes an answer depend on an attribute must name it
 * here, and only here, and mark all deals to be folded again.
 */
final class AttributesInUse {

    /** Of the root of a deal. None yet: stages follow from statuses and links. */
    static final Set<String> OF_ROOT = Set.of();

    private AttributesInUse() {}

    /** The expression for what is read of {@code f.attributes} in a query of facts {@code f}. */
    static String column() {
        return column(OF_ROOT);
    }

    /**
     * The same for other names.
     *
     * @throws IllegalArgumentException if a name is none that can stand in a statement: letters, digits, {@code _ . -}
     */
    static String column(Set<String> names) {
        if (names.isEmpty()) {
            return "'{}'::jsonb AS attributes";
        }
        StringBuilder list = new StringBuilder();
        names.stream().sorted().forEach(name -> {
            if (!name.matches("[A-Za-z0-9_.-]+")) {
                throw new IllegalArgumentException("'" + name + "' is not the name of an attribute");
            }
            list.append(list.isEmpty() ? "'" : ", '").append(name).append('\'');
        });
        return "CASE WHEN f.subject LIKE 'crm:deal:%' THEN (SELECT coalesce(jsonb_object_agg(key, value), '{}')"
                + " FROM jsonb_each(f.attributes) WHERE key IN (" + list + ")) ELSE '{}'::jsonb END AS attributes";
    }
}
