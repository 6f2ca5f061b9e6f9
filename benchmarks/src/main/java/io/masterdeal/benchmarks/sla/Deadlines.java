package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.intake.Progress;
import io.masterdeal.benchmarks.platform.CpuClock;
import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many deadlines fire a second: deals that become due all at once, evaluated by one process and by two, each until the canonical
 * events of all lie in Kafka. Beside it the same rows written by PostgreSQL alone.
 */
final class Deadlines {

    /** One breach a deal, an hour after its brief, by the wall clock. */
    private static final String POLICIES = """
            name: bench
            version: 1
            policies:
              - policy: whole
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                target: 240h
                end_to_end: true
              - policy: offer
                start: {holds: briefed}
                stop: {stage: {reached: offer_ready}}
                target: 1h
            """;

    private static final Duration AGO = Duration.ofHours(2);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SlaBench.Options options;

    Deadlines(SlaBench.Options options) {
        this.options = options;
    }

    /**
     * One run.
     *
     * @param processes how many processes of the service
     * @param deadlines how many were measured, the warm-up left out
     * @param seconds until the last canonical event
     * @param cpuSeconds processor time meanwhile, those of the service together
     * @param plain deadlines a second that PostgreSQL alone writes
     * @param loadBefore the machine's load average before the run; negative where that is not known
     */
    record Run(
            int processes,
            int deadlines,
            double seconds,
            Map<String, Double> cpuSeconds,
            double plain,
            double loadBefore) {
        double perSecond() {
            return deadlines / seconds;
        }
    }

    Bench.Report run(Consumer<String> progress)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        List<Run> runs = new ArrayList<>();
        for (int processes = 1; processes <= 2; processes++) {
            Run run = fire(processes);
            runs.add(run);
            progress.accept("sla deadlines: %d process(es): %,.0f/s, PostgreSQL alone %,.0f/s"
                    .formatted(processes, run.perSecond(), run.plain()));
        }
        return new Bench.Report(figures(runs), table(runs));
    }

    private Run fire(int processes) throws InterruptedException, ExecutionException, SQLException, IOException {
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            Path policies = Files.writeString(platform.directory().resolve("policies.yaml"), POLICIES);
            Map<String, String> settings = Map.of("masterdeal.service.sla.policies", policies.toString());
            // It makes the tables, and notes which rules are used: else the next one would fold all deals anew.
            MeasuredRole.service(platform, settings, options.flags()).close();
            int deals = options.sizes().deadlines();
            loadDeals(platform, deals);
            putAside(platform);
            List<MeasuredRole> services = new ArrayList<>();
            try (Progress progress = new Progress(platform, "masterdeal-service")) {
                for (int i = 0; i < processes; i++) {
                    services.add(MeasuredRole.service(platform, settings, options.flags()));
                }
                int warmUp = (int) (deals * options.warmUp());
                makeDue(platform, 0, warmUp);
                await(progress, 2L * warmUp);
                Database.execute(platform, "CHECKPOINT");
                Map<String, Double> cpuBefore = cpu(platform, services);
                makeDue(platform, warmUp, deals);
                long started = System.nanoTime();
                await(progress, 2L * deals);
                double seconds = (System.nanoTime() - started) / 1e9;
                Map<String, Double> used = cpu(platform, services);
                used.replaceAll((part, all) -> all - cpuBefore.getOrDefault(part, 0.0));
                check(platform, deals);
                services.forEach(MeasuredRole::close);
                services.clear();
                Database.execute(platform, "VACUUM (ANALYZE)", "CHECKPOINT");
                return new Run(
                        processes, deals - warmUp, seconds, used, PlainWrites.perSecond(platform, processes), load);
            } finally {
                services.forEach(MeasuredRole::close);
            }
        }
    }

    private void loadDeals(MeasuredPlatform platform, int deals) {
        Instant then = Instant.now().minus(AGO);
        DealWorkload workload = new DealWorkload(0, deals, options.seed(), DealWorkload.Order.AS_HAPPENED).until(then);
        try (ClockStore store = new ClockStore(
                platform,
                SlaFiles.policies("policies.yaml", POLICIES, ClockStore.RULES, Map.of()),
                ClockStore.at(then))) {
            store.takeIn(workload, 2);
        }
    }

    private static void putAside(MeasuredPlatform platform) throws SQLException {
        Database.execute(
                platform,
                "CREATE TABLE service.aside AS SELECT s.*, row_number() OVER (ORDER BY due_at, deal_id) AS n"
                        + " FROM service.sla_deadlines s",
                "DELETE FROM service.sla_deadlines",
                "UPDATE service.deals SET revision = 0",
                "VACUUM (ANALYZE)",
                "CHECKPOINT");
    }

    private static void makeDue(MeasuredPlatform platform, int after, int upTo) throws SQLException {
        Database.execute(
                platform,
                "INSERT INTO service.sla_deadlines (deal_id, due_at) SELECT deal_id, due_at FROM service.aside WHERE n > "
                        + after + " AND n <= " + upTo);
    }

    private static void await(Progress progress, long canonical) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (progress.canonical() < canonical) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("after " + PATIENCE.toMinutes() + " min there are "
                        + progress.canonical() + " canonical events of " + canonical);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void check(MeasuredPlatform platform, int deals) throws SQLException {
        long told = Database.number(platform, "SELECT count(*) FROM service.sla_statements WHERE state = 'told'");
        long revisions = Database.number(platform, "SELECT sum(revision) FROM service.deals");
        if (told != deals || revisions != 2L * deals) {
            throw new IllegalStateException(deals + " deadlines should have been told, each with 2 revisions: " + told
                    + " were, with " + revisions);
        }
    }

    private static Map<String, Double> cpu(MeasuredPlatform platform, List<MeasuredRole> services) {
        Map<String, Double> cpu = new TreeMap<>();
        platform.addresses().pids().forEach((part, pid) -> cpu.put(part, seconds(pid)));
        services.forEach(each -> cpu.merge("service", seconds(each.handle().pid()), Double::sum));
        return cpu;
    }

    private static double seconds(long pid) {
        return CpuClock.of(pid).toMillis() / 1000.0;
    }

    private static Map<String, @Nullable Object> figures(List<Run> runs) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        for (Run run : runs) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("deadlines", run.deadlines());
            one.put("seconds", run.seconds());
            one.put("deadlines_per_second", run.perSecond());
            one.put("cpu_seconds", run.cpuSeconds());
            one.put("plain_writes_per_second", run.plain());
            one.put("ratio", run.perSecond() / run.plain());
            one.put("load_average_before", run.loadBefore());
            figures.put(run.processes() == 1 ? "one_process" : "two_processes", one);
        }
        return figures;
    }

    private static List<String> table(List<Run> runs) {
        return runs.stream()
                .map(run ->
                        "deadlines, %d process%s: %,.0f a second; PostgreSQL alone %,.0f, ratio %.2f; CPU us a deadline%s"
                                .formatted(
                                        run.processes(),
                                        run.processes() == 1 ? "" : "es",
                                        run.perSecond(),
                                        run.plain(),
                                        run.perSecond() / run.plain(),
                                        cpu(run)))
                .toList();
    }

    private static String cpu(Run run) {
        StringBuilder cpu = new StringBuilder();
        run.cpuSeconds()
                .forEach((process, seconds) ->
                        cpu.append("  %s %.0f".formatted(process, 1e6 * seconds / run.deadlines())));
        return cpu.toString();
    }
}
