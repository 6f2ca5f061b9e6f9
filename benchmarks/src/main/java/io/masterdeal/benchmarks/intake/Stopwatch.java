package io.masterdeal.benchmarks.intake;

import io.masterdeal.benchmarks.platform.CpuClock;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Times a run. The clock starts when the warm-up share of the events is done, and stops when all of them are and the last
 * canonical event is in Kafka.
 */
final class Stopwatch {

    private static final long SAMPLE_MS = 20;

    private static final long LAST_SAMPLES_MS = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final MeasuredPlatform platform;

    private final Map<String, ProcessHandle> processes;

    private final double loadBefore;

    private final long giveUp = System.nanoTime() + PATIENCE.toNanos();

    /**
     * @param processes those whose processor time is wanted besides that of the platform's servers, by name
     * @param loadBefore the load average before the run
     */
    Stopwatch(MeasuredPlatform platform, Map<String, ProcessHandle> processes, double loadBefore) {
        this.platform = platform;
        this.processes = processes;
        this.loadBefore = loadBefore;
    }

    /** Says how many there are. */
    @FunctionalInterface
    interface Count {
        long now() throws InterruptedException, ExecutionException;
    }

    /** Times a run that ends in PostgreSQL. */
    Result untilWritten(Count done, long all, double warmUp) throws InterruptedException, ExecutionException {
        Start start = start(done, all, warmUp);
        await(done, all, SAMPLE_MS, "events are written");
        return start.end(System.nanoTime(), 0);
    }

    /** Times a run that ends in Kafka. */
    Result untilPublished(Count done, long all, double warmUp, Count canonical)
            throws InterruptedException, ExecutionException, SQLException {
        // The canonical events are counted as they arrive, so that none is left to count at the end.
        Count both = () -> {
            canonical.now();
            return done.now();
        };
        Start start = start(both, all, warmUp);
        await(both, all, SAMPLE_MS, "events are taken in");
        long published = await(canonical, revisions(), LAST_SAMPLES_MS, "canonical events are in Kafka");
        return start.end(System.nanoTime(), published);
    }

    private Start start(Count done, long all, double warmUp) throws InterruptedException, ExecutionException {
        long before = await(done, (long) (all * warmUp), SAMPLE_MS, "events, the warm-up, are done");
        return new Start(all - before, System.nanoTime(), cpu());
    }

    private final class Start {
        private final long events;
        private final long startedNs;
        private final Map<String, Double> cpuBefore;

        Start(long events, long startedNs, Map<String, Double> cpuBefore) {
            this.events = events;
            this.startedNs = startedNs;
            this.cpuBefore = cpuBefore;
        }

        Result end(long endedNs, long canonical) {
            Map<String, Double> used = cpu();
            used.replaceAll((name, seconds) -> seconds - cpuBefore.getOrDefault(name, 0.0));
            return new Result(events, (endedNs - startedNs) / 1e9, canonical, used, loadBefore);
        }
    }

    private long await(Count count, long wanted, long everyMs, String what)
            throws InterruptedException, ExecutionException {
        while (true) {
            long now = count.now();
            if (now >= wanted) {
                return now;
            }
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the run takes longer than " + PATIENCE.toMinutes() + " min: " + now
                        + " of " + wanted + " " + what);
            }
            TimeUnit.MILLISECONDS.sleep(everyMs);
        }
    }

    /** How many canonical events are expected. */
    private long revisions() throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(revision) FROM service.deals")) {
            row.next();
            return row.getLong(1);
        }
    }

    private Map<String, Double> cpu() {
        Map<String, Double> cpu = new TreeMap<>();
        platform.addresses().pids().forEach((part, pid) -> cpu.put(part, seconds(pid)));
        processes.forEach((part, process) -> cpu.put(part, seconds(process.pid())));
        return cpu;
    }

    private static double seconds(long pid) {
        return CpuClock.of(pid).toMillis() / 1000.0;
    }
}
