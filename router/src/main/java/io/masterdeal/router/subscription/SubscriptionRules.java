package io.masterdeal.router.subscription;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What a subscription has to keep to when it is made or changed. One that is kept already is not held to it: what was valid once
 * counts as it did.
 *
 * @param catalog the types of events, and the topics that the platform reads itself
 * @param sinks where events may go
 */
public record SubscriptionRules(EventCatalog catalog, AllowedSinks sinks) {

    /** Whether the platform reads a topic itself: what is sent there would be read and sent again. */
    boolean readsItself(String topic) {
        return catalog.types().stream().anyMatch(it -> it.topic().equals(topic));
    }

    /**
     * The schemas of the data of all types that are chosen.
     *
     * @param types as a subscription names them
     * @return empty if one of them is not known here, since then nothing is known of what may come
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
