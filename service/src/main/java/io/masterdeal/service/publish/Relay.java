package io.masterdeal.service.publish;

import io.masterdeal.role.delay.Delays;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.role.replication.ReplicationSource;
import io.masterdeal.worker.Workers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries canonical events from the write-ahead log to Kafka, in the order of the commits. The place in the log is confirmed only
 * after Kafka has everything before it, so an event may be published twice but is never lost.
 *
 * <p>One process relays at a time: the one that has the {@link Lease}. Another takes over as soon as that one's process ends, or
 * {@link #LEASE} after it was frozen or cut off; and since each publishes in transactions with the same transactional id, from
 * then on nothing that the former one sends becomes visible ({@link FencedPublisher}).
 */
public final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** How long to wait for a process that does not answer any more. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** The name of the lease. */
    public static final String LEASE_NAME = "relay";

    /** The service writes its messages under this and the name of its schema. */
    static final String OUTBOX = "masterdeal.";

    private static final String HEARTBEAT = "heartbeat";

    /** How long to sleep if there is nothing to read. */
    private static final long IDLE_MS = 2;

    private static final long STANDBY_MS = 500;

    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(10);

    private final ReplicationSource postgres;

    private final RelaySlot slot;

    private final Supplier<Producer<byte[], byte[]>> producers;

    private final TopicComparison topicComparison;

    private final Lease lease;

    private final Counter published;

    private final Delays delays;

    private final CountDownLatch looked = new CountDownLatch(1);

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    private volatile RelayStatus status = RelayStatus.starting();

    private volatile long lagBytes;

    /**
     * @param postgres opens connections to read the log
     * @param slot the slot, which {@link RelaySlot#ensure} has made
     * @param producers make a producer with the transactional id of this relay, one for each term
     * @param topicComparison finds out what subscribers know
     * @param lease the relay's own
     * @param delays gets how long events take from their commit to Kafka
     */
    Relay(
            ReplicationSource postgres,
            RelaySlot slot,
            Supplier<Producer<byte[], byte[]>> producers,
            TopicComparison topicComparison,
            Lease lease,
            Delays delays,
            MeterRegistry meters) {
        this.postgres = postgres;
        this.slot = slot;
        this.producers = producers;
        this.topicComparison = topicComparison;
        this.lease = lease;
        this.delays = delays;
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

    /**
     * Begins. Returns when it is known which process relays, but after some seconds in any case: what is committed from then on
     * has the epoch of that process.
     */
    void start() {
        thread.start();
        try {
            if (!looked.await(LEASE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("it is not known yet which process publishes");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The state of the relay. */
    public RelayStatus status() {
        return status;
    }

    private void run() {
        long pause = 100;
        while (!isStopped(0)) {
            try (Connection session = postgres.open()) {
                boolean leads = lease.acquire(session).isPresent();
                looked.countDown();
                if (leads) {
                    try {
                        lead(session);
                    } finally {
                        pause = status.state() == RelayStatus.State.LEADING ? 100 : pause;
                        release(session);
                    }
                } else {
                    status = status.standingBy();
                    isStopped(STANDBY_MS);
                }
            } catch (SQLException | RuntimeException e) {
                if (stopped.getCount() > 0) {
                    log.warn("the relay stopped and starts again in {} ms: {}", pause, e.toString());
                    status = status.failing(e);
                    isStopped(pause);
                    pause = Math.min(2 * pause, 5000);
                }
            }
        }
    }

    private void release(Connection session) {
        try {
            lease.release(session);
        } catch (SQLException e) {
            log.debug("the lease ends with its session, or by time: {}", e.getMessage());
        }
    }

    private void lead(Connection session) throws SQLException {
        try (FencedPublisher publisher = FencedPublisher.open(producers)) {
            slot.slot().disconnectReader(session);
            slot.ensure();
            topicComparison.run(session, lease);
            try (Connection replication = postgres.openForReplication();
                    PGReplicationStream stream = slot.slot().stream(replication)) {
                log.info("relaying from slot {} in epoch {}", slot.name(), lease.epoch());
                status = status.leading();
                relay(
                        session,
                        new RelayTerm(session, stream, publisher, lease, slot, OUTBOX + postgres.schema(), delays));
            }
        }
    }

    private void relay(Connection session, RelayTerm term) throws SQLException {
        long nextHeartbeat = System.nanoTime() + HEARTBEAT_EVERY.toNanos();
        while (!isStopped(0)) {
            RelayTerm.Round round = term.round();
            published.increment(round.published());
            LogSequenceNumber confirmed = round.confirmed();
            if (confirmed != null) {
                status = status.acknowledged(confirmed.asString());
            }
            long now = System.nanoTime();
            if (now > nextHeartbeat) {
                beat(session);
                nextHeartbeat = now + HEARTBEAT_EVERY.toNanos();
            }
            if (round.idle()) {
                isStopped(IDLE_MS);
            }
        }
    }

    /** Writes a message that advances an otherwise idle slot, so that PostgreSQL may remove old log; and measures the lag. */
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

    /** Stops relaying; waits up to 20 s. What is not confirmed is relayed again. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(Duration.ofSeconds(20));
    }

    /** For tests and operators: whether the thread lives. */
    @Nullable
    Thread thread() {
        return thread;
    }
}
