package io.masterdeal.facts;

import java.util.Set;

/**
 * Which attributes of facts a fold reads: those of the root, and of these only what is in use, so that a long text costs nothing. Of
 * facts whose event id has several contents it reads all, since the contents decide which of them is newer (ruling 3).
 */
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
        return "CASE WHEN f.subject NOT LIKE 'crm:deal:%' THEN '{}'::jsonb"
                + " WHEN (SELECT e.conflict FROM event_ids e WHERE e.event_id = f.event_id) THEN f.attributes"
                + " ELSE (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(f.attributes)"
                + " WHERE key IN (" + list + ")) END AS attributes";
    }
}
