package io.masterdeal.benchmarks.latency;

import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** One measurement: servers, gateway and service, and the threads that send, read and watch. */
final class LatencyRun {

    private static final Duration LAST_EVENTS = Duration.ofSeconds(15);

    private final MeasuredPlatform platform;

    private final LatencyPlan plan;

    private final Consumer<String> progress;

    private final CanonicalEventConsumer canonicalEvents;

    private final LoadGenerator generator;

    private LatencyRun(
            MeasuredPlatform platform,
            LatencyPlan plan,
            Consumer<String> progress,
            CanonicalEventConsumer canonicalEvents,
            LoadGenerator generator) {
        this.platform = platform;
        this.plan = plan;
        this.progress = progress;
        this.canonicalEvents = canonicalEvents;
        this.generator = generator;
    }

    /**
     * Measures on a platform of its own; takes the time of the plan and about a minute more.
     *
     * @param flags more flags of the Java virtual machines of gateway and service
     * @param progress gets a line now and then
     * @throws IllegalStateException if a part does not start, or canonical events cannot be read
     */
    static LatencyResult of(LatencyPlan plan, List<String> flags, Consumer<String> progress)
            throws InterruptedException, ExecutionException {
        double load = Machine.loadAverage();
        PostedEvents posted = PostedEvents.of(plan);
        progress.accept("starting servers, gateway and service ...");
        try (MeasuredPlatform platform = MeasuredPlatform.start();
                MeasuredRole service = MeasuredRole.service(platform, Map.of(), flags);
                MeasuredRole gateway = MeasuredRole.gateway(platform, Map.of(), flags);
                CanonicalEventConsumer canonicalEvents = new CanonicalEventConsumer(platform, posted);
                LoadGenerator generator = new LoadGenerator(
                        platform, posted, canonicalEvents, plan.seed(), gateway.port(), service.port())) {
            canonicalEvents.start();
            Map<String, Long> pids = new TreeMap<>(platform.addresses().pids());
            pids.put("service", service.handle().pid());
            pids.put("gateway", gateway.handle().pid());
            pids.put("sender", ProcessHandle.current().pid());
            LatencyRun run = new LatencyRun(platform, plan, progress, canonicalEvents, generator);
            LatencyResult result = run.measure(pids, load);
            progress.accept("the same to Kafka alone for " + plan.ceilingSeconds() + " s ...");
            return new LatencyResult(
                    plan,
                    result.steady(),
                    result.stalls(),
                    KafkaCeiling.measure(platform, posted, plan),
                    result.cpu(),
                    load);
        }
    }

    private LatencyResult measure(Map<String, Long> pids, double load) throws InterruptedException, ExecutionException {
        progress.accept(plan.eventsPerSecond() + " events/s for " + plan.warmUpSeconds() + " s of warm-up ...");
        generator.run(Phase.soon(plan, 0, plan.warmUpSeconds()), BackgroundLoad.NONE, new Latencies(), LAST_EVENTS);
        progress.accept(plan.eventsPerSecond() + " events/s for " + plan.measuredSeconds() + " s ...");
        CpuUse cpu = new CpuUse(pids);
        Phase phase = Phase.soon(plan, plan.warmUpEvents(), plan.measuredSeconds());
        generator.run(phase, BackgroundLoad.NONE, new Latencies(), LAST_EVENTS);
        Map<String, Double> used = cpu.perSecond();
        LatencyResult.Part steady = phase.part(canonicalEvents);
        tell(steady);
        List<LatencyResult.Stall> stalls = new ArrayList<>();
        if (plan.stalls().seconds() > 0) {
            int first = plan.warmUpEvents() + plan.measuredEvents();
            stalls.add(stall("one_deal", "one deal gets %,d facts", BackgroundLoad.ofOneDeal(plan), first));
            stalls.add(stall(
                    "frame_contract",
                    "a contract linked to %,d deals gets facts",
                    BackgroundLoad.ofFrameContract(plan),
                    first + plan.stallEvents()));
        }
        generator.tellFailures(progress);
        return new LatencyResult(plan, steady, stalls, Percentiles.NONE, used, load);
    }

    private LatencyResult.Stall stall(String key, String title, BackgroundLoad background, int firstEvent)
            throws InterruptedException, ExecutionException {
        String titled = title.formatted(
                background.deals().size() == 1
                        ? background.facts()
                        : background.deals().size());
        progress.accept("the same while " + titled + ", for " + plan.stalls().seconds() + " s ...");
        Phase phase = Phase.soon(plan, firstEvent, plan.stalls().seconds());
        Latencies backgroundLatencies = new Latencies();
        FutureTask<LatencyResult.Settled> completion = new FutureTask<>(
                new BackgroundCompletion(platform, background, phase.posting().startNanos()));
        Thread.ofPlatform().name("completion").start(completion);
        generator.run(phase, background, backgroundLatencies, LAST_EVENTS);
        LatencyResult.Part part = phase.part(canonicalEvents);
        tell(part);
        return new LatencyResult.Stall(key, titled, part, backgroundLatencies.failed(), completion.get());
    }

    /** At once, since what follows may fail. */
    private void tell(LatencyResult.Part part) {
        progress.accept("POST to canonical event p99 %.1f ms, GET p99 %.1f ms, never seen %s"
                .formatted(part.canonical().p99(), part.read().p99(), part.unseenByDomain()));
    }
}
