package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.Bench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from the POST to the canonical event, at a constant rate of events, while deals are read. Gateway,
 * service, Kafka, PostgreSQL and registry are processes of their own, and so is the sender.
 */
public final class LatencyBench implements Bench {

    private static final String METHOD =
            "After a warm-up, and once all of it is done, events of seven-event deals are due at even distances, whatever"
                    + " becomes of those before. Each is a call of its own of the gateway's POST /events, in structured mode,"
                    + " over up to 64 kept HTTP/1.1 connections. Its latency ends when a consumer of"
                    + " masterdeal.events has read a canonical event that names it as a cause. It is counted from the moment"
                    + " the event was due, not from the moment it was sent, so what a slow answer holds up counts in"
                    + " (no coordinated omission). Deals published so far are asked for at random, at even distances too,"
                    + " and counted likewise. Each event of this workload changes its deal, so each is named by a canonical"
                    + " event, which several events of one deal may share. Then the same is measured again while one deal gets"
                    + " very many facts, and while a frame contract is linked to many deals and gets facts; both come in calls"
                    + " of their own in batch mode, and are not counted in. The ceiling is one hop through the same Kafka: the"
                    + " same bytes at the same rate from a producer with acks=all to a consumer, while gateway and service have"
                    + " nothing to do.";

    private final LatencyPlan plan;

    private final List<String> flags;

    /**
     * Makes one; nothing is started yet.
     *
     * @param flags more flags of the Java virtual machines of gateway and service
     */
    public LatencyBench(LatencyPlan plan, List<String> flags) {
        this.plan = plan;
        this.flags = List.copyOf(flags);
    }

    @Override
    public Report run(Consumer<String> progress) throws Exception {
        LatencyResult result = measure(line -> progress.accept("latency: " + line));
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("method", METHOD);
        figures.putAll(result.figures());
        return new Report(figures, result.table());
    }

    /**
     * Measures on servers of its own; takes the time of the plan and about a minute more.
     *
     * @param progress gets a line now and then
     * @throws IllegalStateException if a part does not start, or canonical events cannot be read
     */
    public LatencyResult measure(Consumer<String> progress) throws InterruptedException, ExecutionException {
        return LatencyRun.of(plan, flags, progress);
    }
}
