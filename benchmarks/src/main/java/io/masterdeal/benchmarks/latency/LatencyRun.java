package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.stand.Machine;
import io.masterdeal.benchmarks.stand.RoleProcess;
import io.masterdeal.benchmarks.stand.Stand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** One measurement: servers, gateway and service, and who sends, reads and watches. */
final class LatencyRun {

    private static final Duration LAST_EVENTS = Duration.ofSeconds(15);

    private final Stand stand;

    private final LatencyPlan plan;

    private final Consumer<String> progress;

    private final CanonicalWatch watch;

    private final Traffic traffic;

    private LatencyRun(
            Stand stand, LatencyPlan plan, Consumer<String> progress, CanonicalWatch watch, Traffic traffic) {
        this.stand = stand;
        this.plan = plan;
        this.progress = progress;
        this.watch = watch;
        this.traffic = traffic;
    }

    /**
     * Measures on a stand of its own; takes the time of the plan and about a minute more.
     *
     * @param flags more flags of the Java virtual machines of gateway and service
     * @param progress gets a line now and then
     * @throws IllegalStateException if a part does not start, or canonical events cannot be read
     */
    static LatencyResult of(LatencyPlan plan, List<String> flags, Consumer<String> progress)
            throws InterruptedException, ExecutionException {
        double load = Machine.loadAverage();
        ToldEvents told = ToldEvents.of(plan);
        progress.accept("starting servers, gateway and service ...");
        try (Stand stand = Stand.start();
                RoleProcess service = RoleProcess.service(stand, Map.of(), flags);
                RoleProcess gateway = RoleProcess.gateway(stand, Map.of(), flags);
                CanonicalWatch watch = new CanonicalWatch(stand, told);
                Traffic traffic = new Traffic(stand, told, watch, plan.seed(), gateway.port(), service.port())) {
            watch.start();
            Map<String, Long> pids = new TreeMap<>(stand.addresses().pids());
            pids.put("service", service.handle().pid());
            pids.put("gateway", gateway.handle().pid());
            pids.put("sender", ProcessHandle.current().pid());
            LatencyRun run = new LatencyRun(stand, plan, progress, watch, traffic);
            LatencyResult result = run.measure(pids, load);
            progress.accept("the same to Kafka alone for " + plan.ceilingSeconds() + " s ...");
            return new LatencyResult(
                    plan,
                    result.steady(),
                    result.stalls(),
                    KafkaCeiling.measure(stand, told, plan),
                    result.cpu(),
                    load);
        }
    }

    private LatencyResult measure(Map<String, Long> pids, double load) throws InterruptedException, ExecutionException {
        progress.accept(plan.eventsPerSecond() + " events/s for " + plan.warmUpSeconds() + " s of warm-up ...");
        traffic.run(Phase.soon(plan, 0, plan.warmUpSeconds()), Burden.NONE, new Latencies(), LAST_EVENTS);
        progress.accept(plan.eventsPerSecond() + " events/s for " + plan.measuredSeconds() + " s ...");
        CpuUse cpu = new CpuUse(pids);
        Phase phase = Phase.soon(plan, plan.warmUpEvents(), plan.measuredSeconds());
        traffic.run(phase, Burden.NONE, new Latencies(), LAST_EVENTS);
        Map<String, Double> used = cpu.perSecond();
        LatencyResult.Part steady = phase.part(watch);
        tell(steady);
        List<LatencyResult.Stall> stalls = new ArrayList<>();
        if (plan.stalls().seconds() > 0) {
            int first = plan.warmUpEvents() + plan.measuredEvents();
            stalls.add(stall("one_deal", "one deal gets %,d facts", Burden.ofOneDeal(plan), first));
            stalls.add(stall(
                    "frame_contract",
                    "a contract linked to %,d deals gets facts",
                    Burden.ofFrameContract(plan),
                    first + plan.stallEvents()));
        }
        traffic.tellFailures(progress);
        return new LatencyResult(plan, steady, stalls, Percentiles.NONE, used, load);
    }

    private LatencyResult.Stall stall(String key, String title, Burden burden, int firstEvent)
            throws InterruptedException, ExecutionException {
        String titled = title.formatted(
                burden.deals().size() == 1 ? burden.facts() : burden.deals().size());
        progress.accept("the same while " + titled + ", for " + plan.stalls().seconds() + " s ...");
        Phase phase = Phase.soon(plan, firstEvent, plan.stalls().seconds());
        Latencies burdened = new Latencies();
        FutureTask<LatencyResult.Settled> settlement =
                new FutureTask<>(new Settlement(stand, burden, phase.posting().startNanos()));
        Thread.ofPlatform().name("settlement").start(settlement);
        traffic.run(phase, burden, burdened, LAST_EVENTS);
        LatencyResult.Part part = phase.part(watch);
        tell(part);
        return new LatencyResult.Stall(key, titled, part, burdened.failed(), settlement.get());
    }

    /** At once, for what follows may fail. */
    private void tell(LatencyResult.Part part) {
        progress.accept("POST to canonical event p99 %.1f ms, GET p99 %.1f ms, never seen %s"
                .formatted(part.canonical().p99(), part.read().p99(), part.unseenByDomain()));
    }
}
