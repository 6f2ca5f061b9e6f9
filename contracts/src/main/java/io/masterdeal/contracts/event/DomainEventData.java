package io.masterdeal.contracts.event;

import io.masterdeal.contracts.avro.AvroJson;
import io.masterdeal.contracts.text.Utf8;
import io.masterdeal.contracts.text.UuidText;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The data of a domain event of any type, as input of the deal model.
 *
 * <p>Text is sorted by code point ({@link Utf8#ORDER}), ids as lower-case text ({@link UuidText#ORDER}).
 *
 * @param status status that the event gives its object; null if none
 * @param links keys of the objects the subject belongs to
 * @param attributes the attributes, and each business field that is set, as text under its name
 * @param retracts ids of events that were mistakes; only {@code DOMAIN.event.retracted} has any
 */
public record DomainEventData(
        @Nullable String status,
        SortedSet<String> links,
        SortedMap<String, String> attributes,
        SortedSet<UUID> retracts) {
    /**
     * Reads the data of an event.
     *
     * @param event a checked event of a domain, as returned by {@link EventJson} or the Kafka serde
     * @return its data, unmodifiable
     * @throws IllegalArgumentException if it is not an event of a domain, or was not checked
     */
    public static DomainEventData of(Event event) {
        GenericRecord data = event.data();
        if (data.getSchema().getField("retracts") == null) {
            throw new IllegalArgumentException(event.envelope().type() + " is not the event of a domain");
        }
        var links = new TreeSet<>(Utf8.ORDER);
        DomainFields.list(data, "links").forEach(link -> links.add(link.toString()));
        var retracts = new TreeSet<>(UuidText.ORDER);
        DomainFields.list(data, "retracts").forEach(id -> retracts.add(UuidText.parse(id.toString())));
        return new DomainEventData(
                DomainFields.text(data, "status"),
                Collections.unmodifiableSortedSet(links),
                Collections.unmodifiableSortedMap(attributes(data)),
                Collections.unmodifiableSortedSet(retracts));
    }

    private static SortedMap<String, String> attributes(GenericRecord data) {
        var attributes = new TreeMap<String, String>(Utf8.ORDER);
        attributes.putAll(DomainFields.attributes(data));
        for (Schema.Field field : data.getSchema().getFields()) {
            Object value = data.get(field.pos());
            if (value != null && DomainFields.isBusinessField(field.name())) {
                attributes.put(field.name(), AvroJson.text(value, field.schema()));
            }
        }
        return attributes;
    }
}
