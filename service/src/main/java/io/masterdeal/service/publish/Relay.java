package io.masterdeal.service.publish;

import io.masterdeal.worker.Workers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries canonical events from the write-ahead log to Kafka, in the order of the commits. The place in the log is
 * confirmed only after Kafka has acknowledged all before it, so an event may come twice and never not at all.
 *
 * <p>One process relays at a time (a session's advisory lock); another takes over as soon as that session ends.
 */
public final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** The first half of an advisory lock's key; the second is the schema. */
    private static final int LEADER_LOCK = 0x6d640003;

    /** The service writes its messages under this and the name of its schema. */
    private static final String OUTBOX = "masterdeal.";

    private static final String HEARTBEAT = "heartbeat";

    /** With so many events on their way Kafka's acknowledgements are awaited before more is read. */
    private static final int MOST_OUTSTANDING = 5000;

    /** A confirmation is a transaction of its own, so under load there are only so many. */
    private static final Duration CONFIRMATION_EVERY = Duration.ofMillis(100);

    /** How long to sleep if there is nothing to read. */
    private static final long IDLE_MS = 2;

    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(10);

    private final RelayConnection postgres;

    private final RelaySlot slot;

    private final Producer<byte[], byte[]> producer;

    private final Counter published;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    private volatile RelayStatus status = RelayStatus.starting();

    private volatile long lagBytes;

    /**
     * @param postgres where the log is read
     * @param slot the slot, which {@link RelaySlot#ensure} has made
     * @param producer idempotent, with {@code acks=all}
     */
    Relay(RelayConnection postgres, RelaySlot slot, Producer<byte[], byte[]> producer, MeterRegistry meters) {
        this.postgres = postgres;
        this.slot = slot;
        this.producer = producer;
        this.published = Counter.builder("masterdeal.relay.events")
                .description("Canonical events that Kafka has acknowledged")
                .register(meters);
        Gauge.builder(
                        "masterdeal.relay.leading",
                        this,
                        relay -> relay.status.state() == RelayStatus.State.LEADING ? 1 : 0)
                .description("1 if this process carries canonical events to Kafka")
                .register(meters);
        Gauge.builder("masterdeal.relay.lag", this, relay -> relay.lagBytes)
                .baseUnit("bytes")
                .description(
                        "Log that is written and that Kafka has not acknowledged, looked at every 10 s by the leader")
                .register(meters);
        this.thread = Workers.platform("relay", this::run);
    }

    void start() {
        thread.start();
    }

    /** How the relay is. */
    public RelayStatus status() {
        return status;
    }

    private void run() {
        long pause = 100;
        while (!isStopped(0)) {
            try (Connection session = postgres.open()) {
                if (leads(session)) {
                    pause = 100;
                    slot.ensure();
                    relay(session);
                } else {
                    status = status.standingBy();
                    isStopped(1000);
                }
            } catch (SQLException | ExecutionException | RuntimeException e) {
                if (stopped.getCount() > 0) {
                    log.warn("the relay stopped and starts again in {} ms: {}", pause, e.toString());
                    status = status.failing(e);
                    isStopped(pause);
                    pause = Math.min(2 * pause, 5000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean leads(Connection session) throws SQLException {
        try (PreparedStatement lock =
                session.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(current_schema()))")) {
            lock.setInt(1, LEADER_LOCK);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void relay(Connection session) throws SQLException, ExecutionException, InterruptedException {
        try (Connection replication = postgres.openForReplication();
                PGReplicationStream stream = RelayConnection.stream(replication, slot.name())) {
            log.info("relaying from slot {}", slot.name());
            status = status.reading();
            String outbox = OUTBOX + postgres.schema();
            Outstanding outstanding = new Outstanding();
            long nextHeartbeat = System.nanoTime() + HEARTBEAT_EVERY.toNanos();
            long nextConfirmation = System.nanoTime();
            while (!isStopped(0)) {
                ByteBuffer buffer = stream.readPending();
                if (buffer != null) {
                    take(WalMessage.read(buffer), outbox, outstanding);
                }
                // While there is more to read nothing is waited for, unless Kafka falls far behind.
                while (outstanding.size() >= MOST_OUTSTANDING && !isStopped(0)) {
                    outstanding.awaitOldest(CONFIRMATION_EVERY);
                }
                long now = System.nanoTime();
                if (now > nextConfirmation || (buffer == null && outstanding.isAllDone())) {
                    confirm(session, stream, outstanding);
                    nextConfirmation = now + CONFIRMATION_EVERY.toNanos();
                }
                if (now > nextHeartbeat) {
                    beat(session);
                    nextHeartbeat = now + HEARTBEAT_EVERY.toNanos();
                }
                if (buffer == null) {
                    isStopped(IDLE_MS);
                }
            }
        }
    }

    private void take(@Nullable WalMessage message, String outbox, Outstanding outstanding) {
        switch (message) {
            case WalMessage.Content content -> {
                if (content.prefix().equals(outbox)) {
                    send(content, outstanding);
                } else if (!content.transactional()) {
                    outstanding.end(content.lsn());
                }
            }
            case WalMessage.Commit commit -> outstanding.end(commit.end());
            case null -> {}
        }
    }

    private void send(WalMessage.Content content, Outstanding outstanding) {
        ProducerRecord<byte[], byte[]> record;
        try {
            record = OutboxRecord.read(content.content());
        } catch (RuntimeException e) {
            // Nobody but this service writes here. To stop for it would stop all events behind it for good.
            log.error(
                    "a message in the write-ahead log at {} is not one of ours and is passed over: {}; it begins with {}",
                    content.lsn().asString(),
                    e.toString(),
                    beginning(content.content()));
            return;
        }
        outstanding.add(producer.send(record));
    }

    private static String beginning(ByteBuffer content) {
        return StandardCharsets.UTF_8
                .decode(content.slice(0, Math.min(200, content.limit())))
                .toString();
    }

    /** Confirms what Kafka has acknowledged without a gap: first in the table, then to PostgreSQL. */
    private void confirm(Connection session, PGReplicationStream stream, Outstanding outstanding)
            throws SQLException, ExecutionException, InterruptedException {
        LogSequenceNumber done = outstanding.done();
        published.increment(outstanding.acknowledged());
        if (done != null) {
            slot.acknowledge(session, done);
            stream.setAppliedLSN(done);
            stream.setFlushedLSN(done);
            stream.forceUpdateStatus();
            status = status.leading().acknowledged(done.asString());
        }
    }

    /** A message that moves a slot nothing else moves, so that PostgreSQL may remove old log; and a look at the lag. */
    private void beat(Connection session) throws SQLException {
        try (PreparedStatement beat = session.prepareStatement("""
                SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), acknowledged_lsn)::bigint,
                    pg_logical_emit_message(false, ?, '')
                FROM relay_slot WHERE slot_name = ?
                """)) {
            beat.setString(1, HEARTBEAT);
            beat.setString(2, slot.name());
            try (ResultSet row = beat.executeQuery()) {
                lagBytes = row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private boolean isStopped(long waitMs) {
        try {
            return stopped.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops relaying; waits up to 10 s. What is not confirmed comes again. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(Duration.ofSeconds(10));
    }

    /** For tests and operators: whether the thread lives. */
    @Nullable
    Thread thread() {
        return thread;
    }
}
