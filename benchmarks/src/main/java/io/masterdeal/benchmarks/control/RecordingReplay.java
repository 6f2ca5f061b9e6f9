package io.masterdeal.benchmarks.control;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Writes a recording into the empty tables of a service, one transaction for each recorded one. Reading of events and of the
 * recording goes on while PostgreSQL writes. On several connections every transaction is divided by the keys of rows and
 * messages, so that all versions of a row, and all messages of a deal, keep their order.
 */
final class RecordingReplay implements AutoCloseable {

    /** How many transactions may be in progress. */
    private static final int AHEAD = 3;

    private final Recording recording;

    private final EventSource source;

    private final LongConsumer progress;

    private final List<ControlConnection> connections = new ArrayList<>();

    private final List<ExecutorService> workers = new ArrayList<>();

    private final Deque<UnderWay> underWay = new ArrayDeque<>();

    /**
     * @param source where each transaction's events are awaited
     * @param progress gets how many events are done
     */
    RecordingReplay(Recording recording, EventSource source, LongConsumer progress) {
        this.recording = recording;
        this.source = source;
        this.progress = progress;
    }

    private record UnderWay(long events, Runnable mark, List<Future<?>> shares) {}

    /** Adds a connection, which is closed with this replay. */
    void add(Connection connection) throws SQLException {
        connections.add(new ControlConnection(connection, recording.schema()));
        workers.add(Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name("connection-" + connections.size())
                .daemon()
                .factory()));
    }

    /**
     * Runs it; returns when everything is committed.
     *
     * @param withMessages whether canonical events are handed to the relay as well
     */
    void run(boolean withMessages) throws IOException, InterruptedException, ExecutionException {
        try (RecordingReader reader = recording.read()) {
            long due = 0;
            for (RecordedTransaction next = reader.next(); next != null; next = reader.next()) {
                due += next.events();
                source.await(due);
                RecordedTransaction whole =
                        withMessages ? next : new RecordedTransaction(next.events(), next.rows(), List.of());
                underWay.add(new UnderWay(due, source.mark(), submit(whole)));
                if (underWay.size() >= AHEAD) {
                    settle(underWay.remove());
                }
            }
            while (!underWay.isEmpty()) {
                settle(underWay.remove());
            }
        }
    }

    private List<Future<?>> submit(RecordedTransaction whole) {
        List<Future<?>> shares = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            ControlConnection connection = connections.get(i);
            int number = i;
            shares.add(workers.get(i).submit(() -> {
                connection.write(whole.share(number, connections.size()));
                return null;
            }));
        }
        return shares;
    }

    private void settle(UnderWay transaction) throws InterruptedException, ExecutionException {
        for (Future<?> share : transaction.shares()) {
            share.get();
        }
        transaction.mark().run();
        progress.accept(transaction.events());
    }

    @Override
    public void close() throws SQLException {
        workers.forEach(ExecutorService::shutdownNow);
        for (ControlConnection connection : connections) {
            connection.close();
        }
    }
}
