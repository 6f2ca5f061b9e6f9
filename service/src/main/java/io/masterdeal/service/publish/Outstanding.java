package io.masterdeal.service.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What was sent to Kafka and is not acknowledged yet, in the order of the log. A place in the log is done once everything
 * before it is; partitions acknowledge independently, so a later event may be done before an earlier one.
 */
final class Outstanding {

    /** An event on its way, or the end of a transaction. */
    private sealed interface Entry {
        record Sent(Future<RecordMetadata> acknowledgement) implements Entry {}

        record End(LogSequenceNumber lsn) implements Entry {}
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    private int events;

    private int acknowledged;

    private @Nullable LogSequenceNumber done;

    void add(Future<RecordMetadata> acknowledgement) {
        entries.add(new Entry.Sent(acknowledgement));
        events++;
    }

    /** All that was added before belongs to what ends here. */
    void end(LogSequenceNumber lsn) {
        entries.add(new Entry.End(lsn));
    }

    /** How many events are on their way. */
    int size() {
        return events;
    }

    /**
     * Whether everything is acknowledged, up to a place that nobody has asked for yet.
     *
     * @throws ExecutionException if Kafka refused an event
     */
    boolean isAllDone() throws ExecutionException, InterruptedException {
        settle();
        return entries.isEmpty() && done != null;
    }

    /**
     * Waits for the oldest event, but not for ever.
     *
     * @throws ExecutionException if Kafka refused an event
     */
    void awaitOldest(Duration atMost) throws ExecutionException, InterruptedException {
        if (entries.peek() instanceof Entry.Sent oldest) {
            try {
                oldest.acknowledgement().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return; // Kafka takes its time; whoever waits may have to stop meanwhile.
            }
        }
        settle();
    }

    /**
     * The last place up to which everything is acknowledged; null if there is no new one since the last call.
     *
     * @throws ExecutionException if Kafka refused an event
     */
    @Nullable
    LogSequenceNumber done() throws ExecutionException, InterruptedException {
        settle();
        LogSequenceNumber last = done;
        done = null;
        return last;
    }

    /** How many events were acknowledged since the last call. */
    int acknowledged() {
        int count = acknowledged;
        acknowledged = 0;
        return count;
    }

    private void settle() throws ExecutionException, InterruptedException {
        for (Entry entry = entries.peek(); entry != null; entry = entries.peek()) {
            switch (entry) {
                case Entry.End end -> done = end.lsn();
                case Entry.Sent sent -> {
                    if (!sent.acknowledgement().isDone()) {
                        return;
                    }
                    sent.acknowledgement().get();
                    acknowledged++;
                    events--;
                }
            }
            entries.remove();
        }
    }
}
