package io.masterdeal.facts;

import java.util.Set;

/** Which attributes of facts a fold reads: those of the root, and of these only what is in use, so that a long text costs nothing. */
final class AttributesInUse {

    private AttributesInUse() {}

    /**
     * The expression for what is read of {@code f.attributes} in a query of facts {@code f}.
     *
     * @param names of attributes of the root
     */
    static String column(Set<String> names) {
        if (names.isEmpty()) {
            return "'{}'::jsonb AS attributes";
        }
        StringBuilder list = new StringBuilder();
        names.stream()
                .sorted()
                .forEach(name -> list.append(list.isEmpty() ? "'" : ", '")
                        .append(name.replace("'", "''"))
                        .append('\''));
        return "CASE WHEN f.subject LIKE 'crm:deal:%' THEN (SELECT coalesce(jsonb_object_agg(key, value), '{}')"
                + " FROM jsonb_each(f.attributes) WHERE key IN (" + list + ")) ELSE '{}'::jsonb END AS attributes";
    }
}
