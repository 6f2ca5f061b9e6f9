package io.masterdeal.sandbox.system;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * An object as returned by its system.
 *
 * @param key such as {@code crm:deal:D-1}
 * @param kind such as {@code crm:deal}
 * @param status the system's own name of its status
 * @param attributes text by name
 * @param links keys of the objects it belongs to, in the order of arrival
 * @param version number of changes
 * @param updatedAt time of the last change
 * @param correlationId common to the story it belongs to
 * @param lastEvent id of the event of the last change
 */
public record ObjectView(
        String key,
        String kind,
        String status,
        SortedMap<String, String> attributes,
        List<String> links,
        long version,
        Instant updatedAt,
        String correlationId,
        String lastEvent) {
    /**
     * The id in the key.
     *
     * @return such as {@code D-1}
     */
    public String id() {
        return key.substring(kind.length() + 1);
    }
}
