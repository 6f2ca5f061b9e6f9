package io.masterdeal.router.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.kafka.UndecodableEventException;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.role.delay.Delays;
import io.masterdeal.router.delay.RouterDelays;
import io.masterdeal.router.delivery.SubscriptionWorkers;
import io.masterdeal.router.kafka.RouterClients;
import io.masterdeal.router.ledger.Acceptance;
import io.masterdeal.router.ledger.FencedException;
import io.masterdeal.router.ledger.ReadRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads all topics of the catalog into the ledger, batch by batch, while this process is the leader. */
public final class TopicIntake implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(TopicIntake.class);

    private static final Duration POLL = Duration.ofMillis(200);

    private static final long PAUSE_MS = 500;

    private static final long LOOK_FOR_PARTITIONS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RouterClients clients;

    private final EventSerde serde;

    private final EventJson json;

    private final Positions positions;

    private final StartOffsets startOffsets;

    private final Acceptance acceptance;

    private final SubscriptionWorkers workers;

    private final Delays delays;

    private volatile boolean stopping;

    /**
     * @param clients create the consumer
     * @param catalog has the topics
     * @param serde deserialises records
     * @param positions the offsets to read from
     * @param acceptance stores what was read
     * @param workers are offered the new deliveries
     * @param delays gets how long events take from Kafka into the ledger
     */
    public TopicIntake(
            RouterClients clients,
            EventCatalog catalog,
            EventSerde serde,
            Positions positions,
            Acceptance acceptance,
            SubscriptionWorkers workers,
            Delays delays) {
        this.clients = clients;
        this.serde = serde;
        this.json = new EventJson(catalog);
        this.positions = positions;
        this.startOffsets = new StartOffsets(clients, catalog, positions);
        this.acceptance = acceptance;
        this.workers = workers;
        this.delays = delays;
    }

    /** Ends it after the current batch. Any thread. */
    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
                read(consumer);
            } catch (FencedException e) {
                log.warn("{}: this process stops reading", e.getMessage());
                return;
            } catch (InterruptException | InterruptedException _) {
                return; // Stopped.
            } catch (SQLException | KafkaException | RegistryUnavailableException e) {
                log.warn("reading is interrupted, and resumes from the offsets in the ledger: {}", e.getMessage());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) throws SQLException, InterruptedException {
        assign(consumer);
        // A batch may have been committed although the answer was lost: then its deliveries were not offered.
        workers.catchUp();
        long assigned = System.nanoTime();
        while (!stopping) {
            if (System.nanoTime() - assigned > LOOK_FOR_PARTITIONS_NANOS) {
                assign(consumer);
                assigned = System.nanoTime();
            }
            List<ReadRecord> batch = new ArrayList<>();
            LongStream.Builder written = LongStream.builder();
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    batch.add(decode(record));
                    written.add(record.timestamp());
                }
            } catch (OffsetOutOfRangeException e) {
                skipLost(consumer, e);
                continue;
            } catch (WakeupException _) {
                continue;
            }
            if (!batch.isEmpty()) {
                Acceptance.Accepted accepted = acceptance.accept(batch);
                long now = delays.nowMs();
                delays.record(
                        RouterDelays.READ,
                        written.build().map(each -> now - each).toArray());
                workers.offer(accepted.pending(), accepted.lastId());
            }
        }
    }

    private void assign(Consumer<byte[], byte[]> consumer) throws SQLException {
        Map<TopicPartition, Long> known = startOffsets.fix(consumer);
        if (!consumer.assignment().equals(known.keySet())) {
            consumer.assign(known.keySet());
            known.forEach(consumer::seek);
        }
    }

    /** Kafka has deleted records that were not read yet: they are lost, and the log says so. */
    private void skipLost(Consumer<byte[], byte[]> consumer, OffsetOutOfRangeException lost) throws SQLException {
        Map<TopicPartition, Long> first =
                consumer.beginningOffsets(lost.offsetOutOfRangePartitions().keySet());
        for (Map.Entry<TopicPartition, Long> it :
                lost.offsetOutOfRangePartitions().entrySet()) {
            long next = first.getOrDefault(it.getKey(), it.getValue());
            if (next > it.getValue()) {
                log.error(
                        "{}: Kafka has no offsets {} to {} any more; they were never routed. Keep topics longer than the"
                                + "router may be down",
                        it.getKey(),
                        it.getValue(),
                        next - 1);
                positions.skip(it.getKey(), next);
                consumer.seek(it.getKey(), next);
            } else {
                throw new KafkaException(
                        it.getKey() + " ends before offset " + it.getValue()
                                + ", up to which it was read: the topic was created again. Delete its rows from the table positions");
            }
        }
    }

    private ReadRecord decode(ConsumerRecord<byte[], byte[]> record) {
        Event event;
        try {
            event = serde.deserialize(record);
        } catch (UndecodableEventException e) {
            log.warn("{}/{}/{} is no event: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return new ReadRecord(
                    record.topic(), record.partition(), record.offset(), record.timestamp(), null, null, null);
        }
        JsonNode tree = json.write(event);
        return new ReadRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                event,
                tree,
                causes(event, tree));
    }

    private static @Nullable List<UUID> causes(Event event, JsonNode tree) {
        JsonNode causes = tree.at("/data/cause");
        if (!event.envelope().type().startsWith("masterdeal.") || !causes.isArray()) {
            return null;
        }
        List<UUID> ids = new ArrayList<>();
        for (JsonNode cause : causes) {
            try {
                ids.add(UUID.fromString(cause.asString("")));
            } catch (IllegalArgumentException _) {
                log.debug("a cause that is no id of an event finds nothing: {}", cause);
            }
        }
        return ids;
    }
}
