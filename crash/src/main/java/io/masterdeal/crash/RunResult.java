package io.masterdeal.crash;

import io.masterdeal.crash.fault.Fault;
import io.masterdeal.crash.history.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * The result of a run.
 *
 * @param seed of its faults
 * @param sent events that Kafka has acknowledged, each counted once however often it was sent
 * @param injected the faults
 * @param endedByThemselves how often a role ended although nobody killed it (it was started again)
 * @param duration from the first event until everything was published
 * @param report what the platform answers, in the form of {@code replay --report}
 * @param verdict of the history's check
 */
public record RunResult(
        long seed,
        long sent,
        List<InjectedFault> injected,
        int endedByThemselves,
        Duration duration,
        String report,
        Verdict verdict) {

    /**
     * A fault that was injected.
     *
     * @param fault as planned
     * @param processes names of the processes it hit, without those that were down already
     */
    public record InjectedFault(Fault fault, List<String> processes) {}

    /** How many processes were killed by faults of that kind. */
    public long kills() {
        return injected.stream()
                .filter(each -> each.fault().kind() == Fault.Kind.KILL)
                .mapToLong(each -> each.processes().size())
                .sum();
    }
}
