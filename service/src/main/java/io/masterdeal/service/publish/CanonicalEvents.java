package io.masterdeal.service.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.service.store.Answer;
import io.masterdeal.service.store.ChangeMessages;
import io.masterdeal.service.store.DealChange;
import io.masterdeal.service.store.ReceivedStatement;
import io.masterdeal.service.store.ReceivedStatement.Provenance;
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
import org.jspecify.annotations.Nullable;

/**
 * Says a change of a deal as a canonical event, of the most specific type: {@code masterdeal.created} for the first
 * revision, {@code masterdeal.closed} if the stage becomes the final one, {@code masterdeal.stage.changed} for any other
 * change of stage, {@code masterdeal.updated} for all else.
 *
 * <p>The id of the event follows from deal and revision, so one that is relayed twice can be told to be the same.
 */
public final class CanonicalEvents implements ChangeMessages {

    /** How many causes are named; a snapshot or a late link may have any number. */
    private static final int MOST_CAUSES = 100;

    private final EventCatalog catalog;

    private final EventSerde serde;

    private final String finalStage;

    private final Clock clock;

    /**
     * @param catalog has the schemas of the canonical events
     * @param serde makes Kafka records of them
     * @param rules tells the final stage
     * @param clock gives the time of publication
     */
    public CanonicalEvents(EventCatalog catalog, EventSerde serde, RuleSet rules, Clock clock) {
        this.catalog = catalog;
        this.serde = serde;
        this.finalStage = rules.finalStage().name();
        this.clock = clock;
    }

    @Override
    public byte[] write(DealChange change) {
        EventType type = type(change);
        Event event = new Event(envelope(change, type), data(change, type.schema()));
        try {
            return OutboxRecord.write(serde.serializeUnchecked(type, event));
        } catch (RegistryUnavailableException e) {
            throw new NotNowException(e);
        }
    }

    private EventType type(DealChange change) {
        String name;
        if (change.revision() == 1) {
            name = "masterdeal.created";
        } else if (change.before().stage().equals(change.now().stage())) {
            name = "masterdeal.updated";
        } else {
            name = change.now().stage().equals(finalStage) ? "masterdeal.closed" : "masterdeal.stage.changed";
        }
        return Objects.requireNonNull(catalog.type(name), () -> "the event catalog lacks " + name);
    }

    private Envelope envelope(DealChange change, EventType type) {
        UUID id = NameUuid.of(change.dealId(), Long.toString(change.revision()));
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

    private static GenericRecord data(DealChange change, Schema schema) {
        Answer now = change.now();
        GenericRecord data = new GenericData.Record(schema);
        data.put("master_deal_id", change.dealId().toString());
        data.put("root", change.root().value());
        data.put("revision", change.revision());
        data.put("stage", now.stage());
        data.put(
                "previous_stage",
                change.revision() == 1 ? null : change.before().stage());
        data.put("outcome", now.outcome());
        data.put("gaps", now.gaps());
        data.put("timeline", timeline(now, elements(schema, "timeline")));
        data.put("objects", objects(now, elements(schema, "objects")));
        data.put("evidence", texts(change.evidence()));
        data.put(
                "cause",
                change.causes().stream()
                        .map(each -> each.statement().eventId().toString())
                        .distinct()
                        .limit(MOST_CAUSES)
                        .toList());
        DealChange.@Nullable Step step = change.step();
        data.put("direction", step == null ? null : step.direction().toLowerCase(Locale.ROOT));
        data.put(
                "effective_at",
                now.timeline().isEmpty()
                        ? null
                        : now.timeline().getLast().effectiveAt().toEpochMilli());
        data.put("rule_set", change.ruleSet());
        // That a deal is known no more has a field of its own.
        data.put(
                "changed",
                change.changed().stream().filter(part -> !part.equals("known")).toList());
        data.put("facts", change.facts());
        data.put("snapshot", change.snapshot());
        data.put("withdrawn", !now.known());
        return data;
    }

    private static List<GenericRecord> timeline(Answer answer, Schema element) {
        List<GenericRecord> steps = new ArrayList<>();
        answer.timeline().forEach(step -> {
            GenericRecord record = new GenericData.Record(element);
            record.put("stage", step.stage());
            record.put("effective_at", step.effectiveAt().toEpochMilli());
            record.put("direction", step.direction().name().toLowerCase(Locale.ROOT));
            record.put("evidence", texts(step.evidence()));
            steps.add(record);
        });
        return steps;
    }

    private static List<GenericRecord> objects(Answer answer, Schema element) {
        List<GenericRecord> objects = new ArrayList<>();
        answer.objects().forEach((key, status) -> {
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
