package io.masterdeal.contracts.catalog;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A type of event.
 *
 * @param name such as {@code crm.deal.created}; also the registry's subject and the full name of the Avro record
 * @param domain its publisher: one of {@link EventCatalog#domains()}, or {@code masterdeal} (canonical events), or
 *     {@code error}
 * @param objectKind kind of the objects it is about, such as {@code crm:deal}; null for any kind: of its own domain if it is the
 *     event of a domain, of any domain if it is canonical; the subject of an error is any text
 * @param status status that the event gives its object, such as {@code Deal Created}; null if none
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
     * Whether a domain publishes it, so that it becomes a fact or a retraction.
     *
     * @return false for {@code masterdeal.*} and {@code error.event}
     */
    public boolean ofDomain() {
        return EventCatalog.DOMAINS.contains(domain);
    }

    /**
     * Whether it retracts events that were mistakes.
     *
     * @return true for {@code DOMAIN.event.retracted}
     */
    public boolean retraction() {
        return ofDomain() && name.equals(domain + ".event.retracted");
    }
}
