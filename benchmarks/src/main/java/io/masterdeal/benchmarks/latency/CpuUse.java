package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.platform.CpuClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of processes from now on. */
final class CpuUse {

    private final Map<String, Long> pids;

    private final Map<String, Duration> before = new HashMap<>();

    private final long startNanos = System.nanoTime();

    /**
     * Begins to count.
     *
     * @param pids by name
     */
    CpuUse(Map<String, Long> pids) {
        this.pids = Map.copyOf(pids);
        pids.forEach((name, pid) -> before.put(name, used(pid)));
    }

    /** The other processes are children of this one, so its own time is counted without theirs. */
    private static Duration used(long pid) {
        return pid == ProcessHandle.current().pid()
                ? ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO)
                : CpuClock.of(pid);
    }

    /** Processor seconds a second so far, by name. */
    Map<String, Double> perSecond() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        Map<String, Double> perSecond = new TreeMap<>();
        pids.forEach((name, pid) -> {
            Duration used = used(pid).minus(before.getOrDefault(name, Duration.ZERO));
            perSecond.put(name, Math.round(100 * used.toMillis() / 1000.0 / seconds) / 100.0);
        });
        return perSecond;
    }
}
