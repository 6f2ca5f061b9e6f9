package io.masterdeal.benchmarks.platform;

import java.time.Duration;

/** How much processor time a process and its children have used. */
public final class CpuClock {

    private CpuClock() {}

    /**
     * Adds up what living processes have used; what a child used that has ended in between is not counted.
     *
     * @param pid the process; its descendants are counted too
     */
    public static Duration of(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> process.descendants().map(CpuClock::used).reduce(used(process), Duration::plus))
                .orElse(Duration.ZERO);
    }

    /** What one living process has used, without its children. */
    public static Duration alone(long pid) {
        return ProcessHandle.of(pid).map(CpuClock::used).orElse(Duration.ZERO);
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
