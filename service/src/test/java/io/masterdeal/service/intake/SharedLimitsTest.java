package io.masterdeal.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What the gateway answers with 202 becomes a fact: door, intake and store have the same limits. */
class SharedLimitsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final int EVENTS = 1000;

    private final EventJson json = new EventJson(EventCatalog.bundled());

    private final EventSerde serde = RunningService.serde();

    private final VersionLimits limits = new VersionLimits(Duration.ofMinutes(5));

    private final RecordReader reader = new RecordReader(serde, limits);

    @Test
    void whatever_the_door_takes_the_intake_reads_and_the_store_keeps() throws Exception {
        // given: times around every bound, with any offset, and sequences of all sizes
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<UUID, Instant> taken = new HashMap<>();
        int refused = 0;
        try (Database database = Database.create()) {
            FactStore store = new FactStore(
                    database.dataSource(),
                    RuleSets.load("default"),
                    List.of(),
                    Reactions.NONE,
                    new SimpleMeterRegistry());
            List<ReceivedStatement> statements = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                Optional<Event> event = atDoor(text(random, i));
                if (event.isPresent()) {
                    statements.add(reader.read(appended(serde.serialize(event.get()), i)));
                    taken.put(
                            event.get().envelope().id(), event.get().envelope().time());
                } else {
                    refused++;
                }
            }

            // when
            store.add(statements);

            // then
            Map<UUID, Instant> stored = new HashMap<>();
            database.jdbc().sql("SELECT event_id, occurred_at FROM facts").query(row -> {
                stored.put(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant());
            });
            assertThat(stored).as("seed %d", seed).isEqualTo(taken);
            assertThat(refused).as("seed %d", seed).isBetween(EVENTS / 10, EVENTS * 9 / 10);
        }
    }

    private Optional<Event> atDoor(String text) {
        try {
            Event event = json.read(text.getBytes(StandardCharsets.UTF_8));
            return limits.atDoor(event.envelope(), NOW).isEmpty() ? Optional.of(event) : Optional.empty();
        } catch (InvalidEventException e) {
            return Optional.empty();
        }
    }

    private static String text(Random random, int number) {
        Instant near = List.of(Rfc3339.EARLIEST, Rfc3339.EARLIEST, NOW, NOW.minusSeconds(1_000_000), Rfc3339.LATEST)
                .get(random.nextInt(5));
        Instant at = near.plusMillis(random.nextLong(-100_000_000, 100_000_000));
        OffsetDateTime there = at.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1)));
        int year = there.getYear();
        String time = year < 0 || year > 9999
                ? "0000-01-01T00:00:00Z"
                : "%04d-%02d-%02dT%02d:%02d:%02d.%03d%s"
                        .formatted(
                                year,
                                there.getMonthValue(),
                                there.getDayOfMonth(),
                                there.getHour(),
                                there.getMinute(),
                                there.getSecond(),
                                there.getNano() / 1_000_000,
                                there.getOffset().getTotalSeconds() == 0
                                        ? "Z"
                                        : there.getOffset().toString());
        String sequence =
                random.nextInt(3) == 0 ? "" : ",\"sequence\":\"" + (random.nextLong() >>> random.nextInt(1, 64)) + "\"";
        return """
                {"specversion":"1.0","id":"%s","source":"/crm","type":"crm.deal.created","subject":"crm:deal:limits-%d",\
                "time":"%s","data":{}%s}""".formatted(new UUID(random.nextLong(), random.nextLong()), number, time, sequence);
    }

    /** As the broker gives it to a reader. */
    private static ConsumerRecord<byte[], byte[]> appended(ProducerRecord<byte[], byte[]> record, long offset) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                offset,
                NOW.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                record.key().length,
                record.value().length,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    @Test
    void a_record_is_judged_by_when_the_broker_appended_it_and_by_nothing_else() {
        Event future = atDoorLater("2026-03-02T09:05:00.001Z");
        ConsumerRecord<byte[], byte[]> record = appended(serde.serialize(future), 1);

        assertThat(catchThrowableOfType(RefusedRecordException.class, () -> reader.read(record))
                        .reason())
                .isEqualTo("time-ahead");
        // and where its writer said when, nothing is known of it
        ConsumerRecord<byte[], byte[]> written = new ConsumerRecord<>(
                record.topic(),
                0,
                1,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
        assertThat(reader.read(written).statement().eventId())
                .isEqualTo(future.envelope().id());
    }

    private Event atDoorLater(String time) {
        return json.read("""
                {"specversion":"1.0","id":"565d1252-04cc-5722-8ca7-9a5ea9dfb9ab","source":"/crm","type":"crm.deal.created",\
                "subject":"crm:deal:1","time":"%s","data":{}}""".formatted(time).getBytes(StandardCharsets.UTF_8));
    }
}
