package io.masterdeal.service.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.facts.Answer;
import io.masterdeal.facts.DealChange;
import io.masterdeal.facts.DealListener;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a change of a deal as a canonical event of the most specific type: {@code masterdeal.created} for the first
 * revision, {@code masterdeal.closed} if the stage becomes the final one, {@code masterdeal.stage.changed} for any other
 * change of stage, {@code masterdeal.updated} for everything else. What a revision says about a clock has a type of its own, {@code
 * masterdeal.sla.warned}, {@code .breached} or {@code .retracted}.
 *
 * <p>An event has at most {@value #MOST_BYTES} bytes: very long lists are cut, and the event says so.
 *
 * <p>The id of the event follows from deal, epoch and revision, so that an event that is relayed twice can be recognised.
 *
 * <p>Each event has a row in {@code deal_revisions}, which says in short what it says.
 */
public final class CanonicalEvents implements DealListener<CanonicalEvents.Publication> {

    /**
     * Key, value and headers of a record, in bytes. The bounds of the lists keep it well below; a topic that Kafka created with
     * its own defaults accepts twice as much.
     */
    static final int MOST_BYTES = 512 * 1024;

    /** What is published of one change. */
    public static final class Publication {

        private final byte[] message;

        private final RevisionTable.Row revision;

        private Publication(byte[] message, RevisionTable.Row revision) {
            this.message = message;
            this.revision = revision;
        }

        /** The event, as the relay reads it from the write-ahead log. */
        byte[] message() {
            return message;
        }
    }

    private final EventCatalog catalog;

    private final EventSerde serde;

    private final String finalStage;

    private final Clock clock;

    /**
     * @param catalog has the schemas of the canonical events
     * @param serde makes Kafka records of them
     * @param rules has the final stage
     * @param clock gives the time of publication
     */
    public CanonicalEvents(EventCatalog catalog, EventSerde serde, RuleSet rules, Clock clock) {
        this.catalog = catalog;
        this.serde = serde;
        this.finalStage = rules.finalStage().name();
        this.clock = clock;
    }

    /** The id of the event of a revision. */
    public static UUID eventId(UUID dealId, long epoch, long revision) {
        return NameUuid.of(dealId, epoch + "/" + revision);
    }

    @Override
    public Publication prepare(DealChange change) {
        EventType type = type(change);
        List<String> changed = changed(change);
        List<UUID> causes = causes(change);
        Event event = new Event(envelope(change, type), data(change, type.schema(), changed, causes));
        byte[] message;
        try {
            ProducerRecord<byte[], byte[]> record = serde.serializeUnchecked(type, event);
            record.headers().add(TopicTail.EPOCH, Long.toString(change.epoch()).getBytes(StandardCharsets.US_ASCII));
            message = OutboxRecord.write(record);
        } catch (RegistryUnavailableException e) {
            throw new NotNowException(e);
        }
        if (message.length > MOST_BYTES) {
            // Once in the log it could not be taken back. So this deal waits, with this reason, and no other one.
            throw new IllegalStateException("its canonical event has " + message.length + " bytes, more than "
                    + MOST_BYTES + ": are the names of stages in the rule set very long?");
        }
        return new Publication(message, RevisionTable.Row.of(change, type.name(), changed, causes));
    }

    /** Writes messages into the write-ahead log, where they stand if and only if the transaction commits, and their rows. */
    @Override
    public void write(Connection connection, List<Publication> prepared) throws SQLException {
        new RevisionTable(connection)
                .insert(prepared.stream().map(it -> it.revision).toList());
        List<byte[]> messages = prepared.stream().map(Publication::message).toList();
        new Sql(connection).query("""
                        SELECT count(pg_logical_emit_message(true, ? || current_schema(), message))
                        FROM (SELECT message FROM unnest(?) WITH ORDINALITY AS t (message, n) ORDER BY n) AS sorted
                        """, _ -> true, Relay.OUTBOX, new Sql.Bytes(messages));
    }

    private EventType type(DealChange change) {
        String name = name(change);
        return Objects.requireNonNull(catalog.type(name), () -> "the event catalog lacks " + name);
    }

    private String name(DealChange change) {
        SlaStatement sla = change.sla();
        if (sla != null) {
            return switch (sla.type()) {
                case WARNED -> "masterdeal.sla.warned";
                case BREACHED -> "masterdeal.sla.breached";
                case RETRACTED -> "masterdeal.sla.retracted";
                case CLOSED -> "masterdeal.closed";
            };
        }
        if (change.revision() == 1) {
            return "masterdeal.created";
        }
        if (change.before().stage().equals(change.now().stage())) {
            return "masterdeal.updated";
        }
        return change.now().stage().equals(finalStage) ? "masterdeal.closed" : "masterdeal.stage.changed";
    }

    private Envelope envelope(DealChange change, EventType type) {
        UUID id = eventId(change.dealId(), change.epoch(), change.revision());
        Envelope.Builder envelope = Envelope.builder(
                        id, "/masterdeal", type.name(), change.root().value(), clock.instant())
                .sequence(change.revision())
                .masterDealId(change.dealId());
        if (!change.causes().isEmpty()) {
            ReceivedStatement cause = change.causes().getLast();
            Provenance provenance = cause.provenance();
            envelope.causationId(cause.statement().eventId().toString())
                    .correlationId(provenance.correlationId())
                    .traceparent(provenance.traceparent())
                    .replayed(change.causes().stream()
                            .allMatch(each -> each.provenance().replayed()));
        }
        return envelope.build();
    }

    /** That a deal is no longer known has a field of its own. */
    private static List<String> changed(DealChange change) {
        return change.changed().stream().filter(part -> !part.equals("known")).toList();
    }

    private static List<UUID> causes(DealChange change) {
        return change.causes().stream()
                .map(each -> each.statement().eventId())
                .distinct()
                .toList();
    }

    private static GenericRecord data(DealChange change, Schema schema, List<String> changed, List<UUID> causes) {
        Answer now = change.now();
        BoundedLists lists = new BoundedLists();
        GenericRecord data = new GenericData.Record(schema);
        data.put("master_deal_id", change.dealId().toString());
        data.put("root", change.root().value());
        data.put("revision", change.revision());
        data.put("stage", now.stage());
        data.put(
                "previous_stage",
                change.revision() == 1 ? null : change.before().stage());
        data.put("outcome", now.outcome());
        DealChange.@Nullable Step step = change.step();
        data.put("direction", step == null ? null : step.direction().toLowerCase(Locale.ROOT));
        data.put(
                "effective_at",
                now.timeline().isEmpty()
                        ? null
                        : now.timeline().getLast().effectiveAt().toEpochMilli());
        data.put("rule_set", change.ruleSet());
        data.put("changed", changed);
        data.put("facts", change.facts());
        data.put("snapshot", change.snapshot());
        data.put("withdrawn", !now.known());
        putLists(data, change, causes, lists);
        ClockRecords.put(data, now.clocks(), lists);
        data.put("attributes", lists.attributes(now.attributes()));
        data.put("truncated", lists.truncated());
        data.put("epoch", change.epoch());
        SlaStatement sla = change.sla();
        if (sla != null && sla.about() != null) {
            ClockRecords.put(data, sla.about(), sla.isFinal());
        }
        return data;
    }

    private static void putLists(GenericRecord data, DealChange change, List<UUID> causes, BoundedLists lists) {
        Answer now = change.now();
        data.put("gaps", lists.gaps(now.gaps()));
        data.put("timeline", timeline(now, elements(data.getSchema(), "timeline"), lists));
        data.put("timeline_total", now.timeline().size());
        data.put("objects", objects(change, elements(data.getSchema(), "objects"), lists));
        data.put("objects_total", now.objects().size());
        data.put("evidence", texts(lists.first(change.evidence(), BoundedLists.EVIDENCE, "evidence")));
        data.put("evidence_total", change.evidence().size());
        data.put("cause", texts(lists.first(causes, BoundedLists.CAUSES, "cause")));
        data.put("cause_total", causes.size());
    }

    private static List<GenericRecord> timeline(Answer answer, Schema element, BoundedLists lists) {
        List<GenericRecord> steps = new ArrayList<>();
        lists.timeline(answer.timeline()).forEach(step -> {
            GenericRecord record = new GenericData.Record(element);
            record.put("stage", step.stage());
            record.put("effective_at", step.effectiveAt().toEpochMilli());
            record.put("direction", step.direction().name().toLowerCase(Locale.ROOT));
            List<UUID> evidence = lists.first(step.evidence(), BoundedLists.STEP_EVIDENCE, "timeline.evidence");
            record.put("evidence", texts(evidence));
            record.put(
                    "evidence_total",
                    evidence.size() < step.evidence().size() ? step.evidence().size() : null);
            steps.add(record);
        });
        return steps;
    }

    private static List<GenericRecord> objects(DealChange change, Schema element, BoundedLists lists) {
        List<GenericRecord> objects = new ArrayList<>();
        lists.objects(change.before(), change.now()).forEach((key, status) -> {
            GenericRecord record = new GenericData.Record(element);
            record.put("key", key.value());
            record.put("status", status);
            objects.add(record);
        });
        return objects;
    }

    private static Schema elements(Schema schema, String field) {
        return schema.getField(field).schema().getElementType();
    }

    private static List<String> texts(List<UUID> ids) {
        return Arrays.asList(ids.stream().map(UUID::toString).toArray(String[]::new));
    }
}
