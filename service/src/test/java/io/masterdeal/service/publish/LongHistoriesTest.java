package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventRules;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.facts.Answer;
import io.masterdeal.facts.DealChange;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Direction;
import io.masterdeal.model.deal.TimelineStep;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a deal has gone through, its canonical event fits into Kafka, and says what is not in it. */
class LongHistoriesTest {

    private static final ObjectKey ROOT = new ObjectKey("crm:deal:" + "д".repeat(250));

    private static final UUID ID = UUID.randomUUID();

    private final EventSerde serde = RunningService.serde();

    private final CanonicalEvents events =
            new CanonicalEvents(EventCatalog.bundled(), serde, RuleSets.load("default"), Clock.systemUTC());

    @Test
    void a_deal_of_thousands_of_steps_and_objects_has_an_event_that_fits_and_says_what_was_cut() {
        // given
        List<TimelineStep> timeline = steps(12_000, 300);
        SortedMap<ObjectKey, @Nullable String> objects = objects(5_000, "ж".repeat(200));
        SortedMap<ObjectKey, @Nullable String> before = new TreeMap<>(objects);
        ObjectKey last = objects.lastKey();
        before.put(last, "Invoice Issued");

        // when
        byte[] message = events.prepare(change(answer(timeline, before), answer(timeline, objects), ids(5_000), 4_000))
                .message();

        // then
        assertThat(message.length).isLessThanOrEqualTo(512 * 1024);
        GenericRecord data = read(message);
        assertThat(data.get("truncated"))
                .isEqualTo(List.of("timeline", "timeline.evidence", "objects", "evidence", "cause"));
        assertThat(List.of(
                        data.get("timeline_total"),
                        data.get("objects_total"),
                        data.get("evidence_total"),
                        data.get("cause_total")))
                .containsExactly(12_000, 5_000, 5_000, 4_000);
        List<Long> instants = instants(data);
        assertThat(instants).hasSizeBetween(40, BoundedLists.TIMELINE_STEPS).isSorted();
        assertThat(instants.getFirst())
                .isEqualTo(timeline.getFirst().effectiveAt().toEpochMilli());
        assertThat(instants.subList(1, instants.size()))
                .isEqualTo(timeline.subList(12_000 - instants.size() + 1, 12_000).stream()
                        .map(it -> it.effectiveAt().toEpochMilli())
                        .toList());
        assertThat(first(data, "timeline").get("evidence_total")).isEqualTo(300);
        assertThat((List<?>) first(data, "timeline").get("evidence")).hasSize(BoundedLists.STEP_EVIDENCE);
        List<String> keys = keys(data);
        assertThat(keys).hasSizeBetween(100, BoundedLists.OBJECTS).isSorted().contains(last.value());
        assertThat((List<?>) data.get("evidence")).hasSize(BoundedLists.EVIDENCE);
        assertThat((List<?>) data.get("cause")).hasSize(BoundedLists.CAUSES);
    }

    @Test
    void an_ordinary_deal_has_everything_in_its_event() {
        // given
        List<TimelineStep> timeline = steps(BoundedLists.TIMELINE_STEPS, 3);
        SortedMap<ObjectKey, @Nullable String> objects = objects(BoundedLists.OBJECTS, "");

        // when
        GenericRecord data =
                read(events.prepare(change(answer(timeline, objects), answer(timeline, objects), ids(200), 100))
                        .message());

        // then
        assertThat(data.get("truncated")).isEqualTo(List.of());
        assertThat(data.get("attributes")).isEqualTo(Map.of("client", "Yantar Clinics"));
        assertThat(instants(data)).hasSize(BoundedLists.TIMELINE_STEPS);
        assertThat(keys(data)).hasSize(BoundedLists.OBJECTS);
        assertThat(data.get("timeline_total")).isEqualTo(BoundedLists.TIMELINE_STEPS);
        assertThat(first(data, "timeline").get("evidence_total")).isNull();
    }

    @Test
    void attributes_are_kept_as_far_as_they_fit_the_first_by_name() {
        // given
        SortedMap<String, String> attributes = new TreeMap<>();
        for (int i = 10; i < 30; i++) {
            attributes.put("name " + i + "н".repeat(90), "з".repeat(500));
        }
        Answer all = answer(steps(1, 1), objects(1, ""), attributes);

        // when
        GenericRecord data = read(events.prepare(change(all, all, List.of(), 0)).message());

        // then
        assertThat(data.get("truncated")).isEqualTo(List.of("attributes"));
        assertThat((Map<?, ?>) data.get("attributes"))
                .hasSizeBetween(8, 10)
                .isEqualTo(attributes.headMap("name " + (10 + ((Map<?, ?>) data.get("attributes")).size())));
    }

    @Test
    void a_status_as_long_as_an_event_may_be_leaves_the_others_in() {
        // given
        SortedMap<ObjectKey, @Nullable String> objects = objects(3, "");
        objects.put(objects.firstKey(), "s".repeat(250 * 1024));

        // when
        GenericRecord data =
                read(events.prepare(change(answer(steps(1, 1), objects), answer(steps(1, 1), objects), List.of(), 0))
                        .message());

        // then
        assertThat(keys(data))
                .isEqualTo(objects.sequencedKeySet().stream()
                        .skip(1)
                        .map(ObjectKey::value)
                        .toList());
        assertThat(data.get("truncated")).isEqualTo(List.of("objects"));
        assertThat(data.get("objects_total")).isEqualTo(3);
    }

    private static Answer answer(List<TimelineStep> timeline, SortedMap<ObjectKey, @Nullable String> objects) {
        return answer(timeline, objects, new TreeMap<>(Map.of("client", "Yantar Clinics")));
    }

    private static Answer answer(
            List<TimelineStep> timeline,
            SortedMap<ObjectKey, @Nullable String> objects,
            SortedMap<String, String> attributes) {
        return new Answer(true, "briefed", "open", List.of("lead_created"), timeline, objects, List.of(), attributes);
    }

    private static DealChange change(Answer before, Answer now, List<UUID> evidence, int causes) {
        List<ReceivedStatement> statements = new ArrayList<>();
        for (int i = 0; i < causes; i++) {
            Fact fact =
                    Fact.of(UUID.randomUUID(), "t", ROOT, null, null, DomainEvents.START, List.of(), Map.of(), null);
            statements.add(
                    ReceivedStatement.of(fact, new Provenance("/" + "s".repeat(500), "c", null, null, false, "t-0@0")));
        }
        return new DealChange(
                ID,
                ROOT,
                7,
                1,
                before,
                now,
                12_000,
                evidence,
                List.of("objects"),
                false,
                "default@1",
                statements,
                null);
    }

    private static List<TimelineStep> steps(int count, int evidence) {
        List<UUID> ids = ids(evidence);
        List<TimelineStep> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean even = i % 2 == 0;
            steps.add(new TimelineStep(
                    even ? "briefed" : "offer_ready",
                    DomainEvents.START.plusSeconds(i),
                    even ? Direction.BACKWARD : Direction.FORWARD,
                    ids));
        }
        return steps;
    }

    private static SortedMap<ObjectKey, @Nullable String> objects(int count, String longPart) {
        SortedMap<ObjectKey, @Nullable String> objects = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            objects.put(new ObjectKey("dcm:invoice:" + (100_000 + i) + longPart), "Invoice Paid");
        }
        return objects;
    }

    private static List<UUID> ids(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(7, i));
        }
        return ids;
    }

    private GenericRecord read(byte[] message) {
        ProducerRecord<byte[], byte[]> record = OutboxRecord.read(ByteBuffer.wrap(message));
        ConsumerRecord<byte[], byte[]> received =
                new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        Event event = serde.deserialize(received);
        assertThat(new EventRules(EventCatalog.bundled()).check(event)).isEmpty();
        return event.data();
    }

    private static List<Long> instants(GenericRecord data) {
        return elements(data, "timeline").stream()
                .map(it -> (Long) it.get("effective_at"))
                .toList();
    }

    private static List<String> keys(GenericRecord data) {
        return elements(data, "objects").stream()
                .map(it -> String.valueOf(it.get("key")))
                .toList();
    }

    private static GenericRecord first(GenericRecord data, String list) {
        return elements(data, list).getFirst();
    }

    private static List<GenericRecord> elements(GenericRecord data, String list) {
        return ((List<?>) data.get(list))
                .stream().map(GenericRecord.class::cast).toList();
    }
}
