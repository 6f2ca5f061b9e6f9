package io.masterdeal.router.subscription;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The rules for a subscription when it is created or changed. They are not applied to stored ones: what was valid once remains
 * valid.
 *
 * @param catalog the types of events, and the topics that the platform reads
 * @param sinks where events may go
 */
public record SubscriptionRules(EventCatalog catalog, AllowedSinks sinks) {

    /** Whether the platform itself reads a topic: events that are sent there would be read and sent again. */
    boolean readsItself(String topic) {
        return catalog.types().stream().anyMatch(it -> it.topic().equals(topic));
    }

    /**
     * The schemas of the data of all chosen types.
     *
     * @param types the patterns of a subscription
     * @return empty if one of them is unknown here, because then the fields of its events are unknown
     */
    List<Schema> schemas(List<String> types) {
        for (String pattern : types) {
            if (catalog.types().stream().noneMatch(it -> Subscription.covers(pattern, it.name()))) {
                return List.of();
            }
        }
        return catalog.types().stream()
                .filter(it -> types.stream().anyMatch(pattern -> Subscription.covers(pattern, it.name())))
                .map(EventType::schema)
                .toList();
    }
}
