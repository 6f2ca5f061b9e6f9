package io.masterdeal.contracts.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.ContextAttributes;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventRules;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.kafka.UndecodableEventException.Reason;
import io.masterdeal.contracts.registry.SchemaRegistry;
import io.masterdeal.contracts.registry.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Converts events to Kafka records and back.
 *
 * <p>Key: the subject. Value: Avro in Confluent's wire format. Headers: CloudEvents in binary mode, {@code ce_} and the
 * name of the attribute ({@code ce_id}, {@code ce_type} ...), {@code content-type: application/avro}, and
 * {@code traceparent} again under its own name for tracing tools. All text is UTF-8. Topic: the topic of the type.
 * Thread-safe.
 */
public final class EventSerde {
    private static final String PREFIX = "ce_";
    private static final String TRACEPARENT = "traceparent";
    private static final byte[] AVRO = "application/avro".getBytes(StandardCharsets.US_ASCII);

    private final EventCatalog catalog;
    private final SchemaRegistry registry;
    private final EventRules rules;
    private final WireFormat wire;

    /**
     * Creates a serde. It does not call the registry yet.
     *
     * @param catalog the known event types
     * @param registry the source of schema ids
     */
    public EventSerde(EventCatalog catalog, SchemaRegistry registry) {
        this.catalog = catalog;
        this.registry = registry;
        this.rules = new EventRules(catalog);
        this.wire = new WireFormat(registry);
    }

    /**
     * Registers the schemas of all types of the catalog, so that errors are detected at startup.
     *
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the registry cannot answer now
     * @throws io.masterdeal.contracts.registry.IncompatibleSchemaException if it refuses a schema
     */
    public void registerAll() {
        catalog.types().forEach(type -> registry.register(type.name(), type.schema()));
    }

    /**
     * Creates the record of an event.
     *
     * @param event of a type in the catalog; data without a status is written with the status of its type
     * @return the record, without a partition and a timestamp
     * @throws InvalidEventException if it violates the rules, so that readers would refuse it
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the registry cannot answer now
     */
    public ProducerRecord<byte[], byte[]> serialize(Event event) {
        List<Violation> violations = rules.check(event);
        EventType type = catalog.type(event.envelope().type());
        if (type == null || !violations.isEmpty()) {
            throw new InvalidEventException(violations);
        }
        rules.complete(type, event.data());
        return record(type, event);
    }

    /**
     * Creates the record of an event that the caller knows to be valid, because it was built from checked events. A check would
     * cost as much as writing it. The caller needs a test that reads such events back.
     *
     * @param type its type, of the catalog
     * @param event of that type
     * @return the record, without a partition and a timestamp
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the registry cannot answer now
     */
    public ProducerRecord<byte[], byte[]> serializeUnchecked(EventType type, Event event) {
        return record(type, event);
    }

    private ProducerRecord<byte[], byte[]> record(EventType type, Event event) {
        Envelope envelope = event.envelope();
        return new ProducerRecord<>(
                type.topic(),
                null,
                envelope.subject().getBytes(StandardCharsets.UTF_8),
                wire.write(type, event.data()),
                headers(envelope));
    }

    /**
     * Reads the event of a record.
     *
     * @param record of one of the topics of the catalog
     * @return the event, in the schema of the catalog; its data has the status of its type
     * @throws UndecodableEventException if the record is not a valid event and never will be
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the registry cannot answer now: the
     *     record may be valid, try again later
     */
    public Event deserialize(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = attributes(record.headers());
        EventType type = type(attributes);
        if (!type.topic().equals(record.topic())) {
            throw new UndecodableEventException(
                    Reason.WRONG_TOPIC,
                    "an event of type " + type.name() + " belongs in " + type.topic() + ", not " + record.topic());
        }
        var violations = new ArrayList<Violation>();
        Envelope envelope = ContextAttributes.read(attributes, violations);
        if (envelope == null) {
            throw new UndecodableEventException(violations);
        }
        checkKey(record.key(), envelope.subject());
        var event = new Event(envelope, data(type, record.value()));
        violations.addAll(rules.check(event));
        if (!violations.isEmpty()) {
            throw new UndecodableEventException(violations);
        }
        rules.complete(type, event.data());
        return event;
    }

    private EventType type(Map<String, String> attributes) {
        String name = attributes.get("type");
        if (name == null) {
            throw new UndecodableEventException(
                    List.of(new Violation("/type", "is required: the record has no header ce_type")));
        }
        EventType type = catalog.type(name);
        if (type == null) {
            throw new UndecodableEventException(
                    Reason.UNKNOWN_TYPE, "the event catalog has no type \"" + name + "\"; add it to the catalog");
        }
        return type;
    }

    private static void checkKey(byte @Nullable [] key, String subject) {
        if (!Arrays.equals(key, subject.getBytes(StandardCharsets.UTF_8))) {
            String text = key == null ? null : new String(key, StandardCharsets.UTF_8);
            throw new UndecodableEventException(
                    Reason.KEY_NOT_SUBJECT,
                    "the key of the record must be the subject of the event, \"" + subject + "\", not "
                            + (text == null ? "absent" : "\"" + text + "\""));
        }
    }

    private GenericRecord data(EventType type, byte @Nullable [] value) {
        if (value == null) {
            throw new UndecodableEventException(Reason.NO_VALUE, "the record has no value");
        }
        try {
            return wire.read(type, value);
        } catch (UnknownSchemaException e) {
            throw new UndecodableEventException(Reason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()), e);
        }
    }

    private static Headers headers(Envelope envelope) {
        var headers = new RecordHeaders();
        ContextAttributes.write(envelope)
                .forEach((name, value) -> headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8)));
        if (envelope.traceparent() != null) {
            headers.add(TRACEPARENT, envelope.traceparent().getBytes(StandardCharsets.UTF_8));
        }
        headers.add("content-type", AVRO);
        return headers;
    }

    private static Map<String, String> attributes(Headers headers) {
        var attributes = new HashMap<String, String>();
        for (Header header : headers) {
            if (header.value() == null) {
                continue;
            }
            if (header.key().startsWith(PREFIX)) {
                attributes.put(
                        header.key().substring(PREFIX.length()), new String(header.value(), StandardCharsets.UTF_8));
            } else if (header.key().equals(TRACEPARENT)) {
                attributes.putIfAbsent(TRACEPARENT, new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return attributes;
    }
}
