package io.masterdeal.service.publish;

import io.masterdeal.role.delay.Delays;
import io.masterdeal.role.leadership.Lease;
import io.masterdeal.role.replication.WalMessage;
import io.masterdeal.service.delay.ServiceDelays;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the relaying process does in one term: it reads the log, publishes what it read in one Kafka transaction, and then
 * confirms the place in the log. It ends with the first failure, since what is not confirmed is read again in the next term. For
 * one thread.
 */
final class RelayTerm {

    private static final Logger log = LoggerFactory.getLogger(RelayTerm.class);

    /** With this many events or bytes a transaction is full; with fewer it ends when there is nothing more to read. */
    private static final int MOST_EVENTS = 1000;

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    /** A confirmation is a transaction of its own, so under load there are only this many. */
    private static final long CONFIRMATION_EVERY = Duration.ofMillis(100).toNanos();

    private static final long PARKED_EVERY = Duration.ofSeconds(1).toNanos();

    /** How many deals with parked events are tried at once. */
    private static final int MOST_PARKED = 20;

    private static final String BEHIND = "waits for an earlier event of the same deal, which Kafka refuses";

    private final Connection session;

    private final PGReplicationStream stream;

    private final FencedPublisher publisher;

    private final Lease lease;

    private final RelaySlot slot;

    private final String outbox;

    private final Delays delays;

    private final ParkedEvents parked = new ParkedEvents();

    private final Set<String> parkedRoots;

    private @Nullable LogSequenceNumber done;

    /** When the transaction that is being read was committed, in ms since 1970: a round may end within it. */
    private long committedAt;

    private long nextConfirmation = System.nanoTime();

    private long nextParked = System.nanoTime();

    /**
     * @param session holds the lease
     * @param stream of the log
     * @param outbox the prefix of our messages
     * @param delays gets how long events take from their commit to Kafka
     */
    RelayTerm(
            Connection session,
            PGReplicationStream stream,
            FencedPublisher publisher,
            Lease lease,
            RelaySlot slot,
            String outbox,
            Delays delays)
            throws SQLException {
        this.session = session;
        this.stream = stream;
        this.publisher = publisher;
        this.lease = lease;
        this.slot = slot;
        this.outbox = outbox;
        this.delays = delays;
        this.parkedRoots = parked.roots(session);
    }

    /**
     * The result of a round.
     *
     * @param idle whether there was nothing to read
     * @param published how many events were published
     * @param confirmed the newly confirmed place in the log; null if there is none
     */
    record Round(boolean idle, int published, @Nullable LogSequenceNumber confirmed) {}

    /**
     * Does one round of work, and waits only for Kafka and PostgreSQL.
     *
     * @throws LeaseLostException if another process relays now: then nothing of this round was published
     * @throws org.apache.kafka.common.KafkaException if Kafka does not accept it
     */
    Round round() throws SQLException {
        keepLease();
        List<Outgoing> batch = new ArrayList<>();
        boolean idle = read(batch);
        int published = batch.isEmpty() ? 0 : publish(batch);
        long now = System.nanoTime();
        if (now > nextParked) {
            published += publishParked();
            nextParked = now + PARKED_EVERY;
        }
        return new Round(idle && batch.isEmpty(), published, idle || now > nextConfirmation ? confirm() : null);
    }

    /** Reads until there is nothing more or the batch is full; true in the first case. */
    private boolean read(List<Outgoing> batch) throws SQLException {
        int bytes = 0;
        while (batch.size() < MOST_EVENTS && bytes < MOST_BYTES) {
            ByteBuffer buffer = stream.readPending();
            if (buffer == null) {
                return true;
            }
            switch (WalMessage.read(buffer)) {
                case WalMessage.TransactionStart begin -> committedAt = begin.committedAt();
                case WalMessage.Content content -> {
                    if (content.prefix().equals(outbox)) {
                        bytes += content.content().remaining();
                        take(content, batch);
                    } else if (!content.transactional()) {
                        done = content.lsn();
                    }
                }
                case WalMessage.Commit commit -> done = commit.end();
                // The publication has no tables.
                case null, default -> {}
            }
            if (lease.isToBeRenewed()) {
                return false;
            }
        }
        return false;
    }

    private void take(WalMessage.Content content, List<Outgoing> batch) {
        try {
            batch.add(Outgoing.of(content, committedAt));
        } catch (RuntimeException e) {
            // Only this service writes here. Stopping because of it would stop all later events forever.
            log.error(
                    "a message in the write-ahead log at {} is not one of ours and is passed over: {}; it begins with {}",
                    content.lsn().asString(),
                    e.toString(),
                    beginning(content.content()));
        }
    }

    private static String beginning(ByteBuffer content) {
        return StandardCharsets.UTF_8
                .decode(content.slice(0, Math.min(200, content.limit())))
                .toString();
    }

    /** Publishes what Kafka accepts and parks the rest; returns how many were published. */
    private int publish(List<Outgoing> batch) throws SQLException {
        Map<Integer, String> refusals = new TreeMap<>();
        Map<String, Integer> parkedFrom = new HashMap<>();
        parkedRoots.forEach(root -> parkedFrom.put(root, -1));
        List<Integer> sent = new ArrayList<>();
        Map<Integer, String> refused;
        do {
            sent.clear();
            for (int i = 0; i < batch.size(); i++) {
                if (i < parkedFrom.getOrDefault(batch.get(i).root(), Integer.MAX_VALUE)) {
                    sent.add(i);
                }
            }
            refused = sent.isEmpty()
                    ? Map.of()
                    : publisher.publish(
                            sent.stream().map(i -> batch.get(i).record()).toList(), this::checkLease);
            refused.forEach((place, reason) -> {
                int index = sent.get(place);
                refusals.put(index, reason);
                parkedFrom.merge(batch.get(index).root(), index, Math::min);
            });
        } while (!refused.isEmpty());
        for (int i = 0; i < batch.size(); i++) {
            String root = batch.get(i).root();
            if (i >= parkedFrom.getOrDefault(root, Integer.MAX_VALUE)) {
                parked.park(session, batch.get(i), refusals.getOrDefault(i, BEHIND));
                parkedRoots.add(root);
            }
        }
        measure(sent.stream().map(batch::get).toList());
        return sent.size();
    }

    private void measure(List<Outgoing> published) {
        long now = delays.nowMs();
        delays.record(
                ServiceDelays.PUBLISHED,
                published.stream().mapToLong(each -> now - each.committedAt()).toArray());
    }

    private int publishParked() throws SQLException {
        int published = 0;
        if (parkedRoots.isEmpty()) {
            return published;
        }
        for (ParkedEvents.Parked due : parked.due(session, MOST_PARKED)) {
            ParkedEvents.@Nullable Parked next = due;
            while (next != null) {
                keepLease();
                Map<Integer, String> refused =
                        publisher.publish(List.of(next.event().record()), this::checkLease);
                if (!refused.isEmpty()) {
                    parked.postpone(session, next, String.valueOf(refused.get(0)));
                    break;
                }
                published++;
                measure(List.of(next.event()));
                parked.remove(session, next);
                next = parked.first(session, due.root()).orElse(null);
                if (next == null) {
                    parkedRoots.remove(due.root());
                }
            }
        }
        return published;
    }

    /** Confirms up to where all is published or parked: first in the table, then to PostgreSQL. */
    private @Nullable LogSequenceNumber confirm() throws SQLException {
        LogSequenceNumber last = done;
        if (last != null) {
            slot.acknowledge(session, last);
            stream.setAppliedLSN(last);
            stream.setFlushedLSN(last);
            stream.forceUpdateStatus();
            done = null;
            nextConfirmation = System.nanoTime() + CONFIRMATION_EVERY;
        }
        return last;
    }

    private void keepLease() throws SQLException {
        if (lease.isToBeRenewed() && !lease.renew(session)) {
            throw new LeaseLostException();
        }
    }

    /** The last check before a transaction is committed. */
    private void checkLease() {
        try {
            if (!lease.isHeld() && !lease.renew(session)) {
                throw new LeaseLostException();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "whether this process still relays cannot be found out: " + e.getMessage(), e);
        }
    }
}
