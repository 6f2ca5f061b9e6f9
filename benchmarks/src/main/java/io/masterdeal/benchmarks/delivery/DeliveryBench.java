package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.platform.CpuClock;
import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many canonical events a second reach an HTTP subscriber with the ledger on, beside a bare HTTP client; how long each takes;
 * and
 * whether a deal whose events are refused, a slow sink or a full ledger slow the others down. Router, Kafka, PostgreSQL and
 * registry are processes of
 * their own; sender and subscriber are in this one.
 */
public final class DeliveryBench implements Bench {

    private static final String METHOD =
            "The service publishes real canonical events once; the benchmark sends them to Kafka again, under new ids, and ends"
                    + " when the subscriber has them and the ledger has noted it. Subscriptions are as they come: order per deal,"
                    + " 16 requests at a time, signed. A rate is taken from 30 % of the events on, after as many events went"
                    + " unmeasured. The ceiling is the same HTTP client sending the same bodies to the same endpoint, 16 at a"
                    + " time. Latencies are counted from the moment an event was due (no coordinated omission), at half of the"
                    + " rate. Times beside a poisonous deal and a slow sink are of everything else, against runs without.";

    /** A subscription's concurrency by default. */
    private static final int CONCURRENCY = 16;

    private final DeliveryPlan plan;

    private final List<String> flags;

    /**
     * @param plan what is sent
     * @param flags of the router's Java virtual machine
     */
    public DeliveryBench(DeliveryPlan plan, List<String> flags) {
        this.plan = plan;
        this.flags = List.copyOf(flags);
    }

    @Override
    public Report run(Consumer<String> progress) throws Exception {
        DeliveryResult result = measure(progress);
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("method", METHOD);
        figures.putAll(result.figures());
        figures.put("jvm_flags", flags);
        return new Report(figures, result.table());
    }

    /** Measures. */
    DeliveryResult measure(Consumer<String> progress) throws Exception {
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start();
                SubscriberEndpoint subscriber = SubscriberEndpoint.start()) {
            progress.accept("delivery: the service publishes the events of " + plan.deals() + " deals");
            CanonicalRecords records = CanonicalRecords.make(platform, plan.deals(), plan.seed());
            Measured measured = new Measured();
            try (MeasuredRole router = MeasuredRole.router(platform, Map.of(), flags)) {
                RouterOperator operator = new RouterOperator(platform, router);
                try (DeliveryRun run = new DeliveryRun(platform, subscriber, operator)) {
                    progress.accept("delivery: warm-up, " + plan.warmUpEvents() + " events");
                    run.flood(records, plan.warmUpEvents());
                    rates(run, router, platform, records, subscriber, measured, progress);
                    latency(run, records, measured, progress);
                    disturbances(run, records.ofDeals(plan.poisonDeals()), measured, progress);
                    measured.repeats += run.repeats();
                }
                requireWhole(operator);
            }
            progress.accept("delivery: the ledger is filled with " + plan.ledgerRows() + " deliveries");
            LedgerFiller.fill(platform, plan.ledgerRows());
            measured.ledgerRows = LedgerFiller.rows(platform);
            try (MeasuredRole router = MeasuredRole.router(platform, Map.of(), flags);
                    DeliveryRun run = new DeliveryRun(platform, subscriber, new RouterOperator(platform, router))) {
                run.flood(records, plan.warmUpEvents());
                for (int i = 1; i <= plan.rounds(); i++) {
                    measured.filled.add(run.flood(records, plan.events()).perSecond());
                    progress.accept("delivery: full ledger, run %d: %,.0f/s".formatted(i, measured.filled.getLast()));
                }
                measured.repeats += run.repeats();
            }
            return measured.result(plan, load);
        }
    }

    private static void requireWhole(RouterOperator operator) throws IOException, InterruptedException {
        if (!operator.isWhole()) {
            throw new IllegalStateException("the ledger's sums do not add up: the figures are void");
        }
    }

    private void rates(
            DeliveryRun run,
            MeasuredRole router,
            MeasuredPlatform platform,
            CanonicalRecords records,
            SubscriberEndpoint subscriber,
            Measured measured,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        for (int i = 1; i <= plan.rounds(); i++) {
            Map<String, Duration> before = processors(router, platform);
            measured.rates.add(run.flood(records, plan.events()).perSecond());
            Map<String, Double> cpu = new LinkedHashMap<>();
            processors(router, platform)
                    .forEach((name, used) -> cpu.put(
                            name,
                            used.minus(before.getOrDefault(name, Duration.ZERO)).toNanos() / 1e9 / plan.events()));
            measured.cpus.add(cpu);
            measured.bare.add(
                    BareClient.perSecond(subscriber.url("/bare"), subscriber.bodies(), CONCURRENCY, plan.events()));
            progress.accept("delivery: run %d: %,.0f/s, bare client %,.0f/s"
                    .formatted(i, measured.rates.getLast(), measured.bare.getLast()));
        }
    }

    private static Map<String, Duration> processors(MeasuredRole router, MeasuredPlatform platform) {
        Map<String, Duration> used = new LinkedHashMap<>();
        used.put("router", CpuClock.of(router.handle().pid()));
        platform.addresses().pids().forEach((name, pid) -> used.put(name, CpuClock.of(pid)));
        used.put("sender and subscriber", CpuClock.alone(ProcessHandle.current().pid()));
        return used;
    }

    private void latency(DeliveryRun run, CanonicalRecords records, Measured measured, Consumer<String> progress)
            throws IOException, InterruptedException {
        measured.halfLoad = Math.max(10, (int) (DeliveryResult.median(measured.rates) / 2));
        progress.accept(
                "delivery: " + measured.halfLoad + " events/s for " + plan.seconds() + " s, after as long unmeasured");
        run.steady(records, measured.halfLoad, plan.seconds());
        measured.latency = run.steady(records, measured.halfLoad, plan.seconds());
    }

    private void disturbances(DeliveryRun run, CanonicalRecords records, Measured measured, Consumer<String> progress)
            throws IOException, InterruptedException {
        int count = plan.poisonEvents();
        for (int i = 1; i <= plan.disturbances(); i++) {
            measured.undisturbed.add(run.undisturbed(records, count));
            measured.poisoned.add(run.poisoned(records, count));
            measured.besideSlow.add(run.besideSlow(records, count));
            progress.accept("delivery: run %d: undisturbed %.0f ms, with poison %.0f ms, beside a slow sink %.0f ms"
                    .formatted(
                            i,
                            measured.undisturbed.getLast(),
                            measured.poisoned.getLast(),
                            measured.besideSlow.getLast()));
        }
    }

    /** What has been measured so far. */
    private static final class Measured {
        final List<Double> rates = new ArrayList<>();
        final List<Double> bare = new ArrayList<>();
        final List<Map<String, Double>> cpus = new ArrayList<>();
        final List<Double> undisturbed = new ArrayList<>();
        final List<Double> poisoned = new ArrayList<>();
        final List<Double> besideSlow = new ArrayList<>();
        final List<Double> filled = new ArrayList<>();
        int halfLoad;
        int repeats;
        long ledgerRows;
        Arrivals latency = new Arrivals(1, 1);

        DeliveryResult result(DeliveryPlan plan, double load) {
            int median = rates.indexOf(DeliveryResult.median(rates));
            return new DeliveryResult(
                    plan,
                    rates,
                    bare,
                    halfLoad,
                    latency.latencies().percentiles(),
                    undisturbed,
                    poisoned,
                    besideSlow,
                    ledgerRows,
                    filled,
                    repeats,
                    cpus.get(median),
                    load);
        }
    }
}
