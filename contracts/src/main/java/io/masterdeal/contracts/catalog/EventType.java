package io.masterdeal.contracts.catalog;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A type of event.
 *
 * @param name such as {@code crm.deal.created}; the registry's subject and the full name of the Avro record as well
 * @param domain who publishes it: one of {@link EventCatalog#domains()}, or {@code masterdeal} (canonical events), or
 *     {@code error}
 * @param objectKind kind of the objects it is about, such as {@code crm:deal}; null if of any kind: of its domain for the
 *     event of a domain, of any domain for a canonical one; an error is about any text
 * @param status status the event gives its object, such as {@code Deal Created}; null if it gives none
 * @param schema Avro schema of the data
 * @param topic Kafka topic, such as {@code crm.events}
 */
public record EventType(
        String name,
        String domain,
        @Nullable String objectKind,
        @Nullable String status,
        Schema schema,
        String topic) {
    /**
     * Whether a domain publishes it, and it becomes a fact or a retraction of facts.
     *
     * @return false for {@code masterdeal.*} and {@code error.event}
     */
    public boolean ofDomain() {
        return EventCatalog.DOMAINS.contains(domain);
    }

    /**
     * Whether it takes events back that were mistakes.
     *
     * @return true for {@code DOMAIN.event.retracted}
     */
    public boolean retraction() {
        return ofDomain() && name.equals(domain + ".event.retracted");
    }
}
