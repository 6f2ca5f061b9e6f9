package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.measure.Latencies;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaPolicySet;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes to store one fact, the newest of its deal, if the deal has few facts and if it has many, with clocks and without: one
 * transaction each, of one thread.
 */
final class NewestFact {

    private static final int FEW = 100;

    private static final int BATCH = 500;

    private static final Provenance NOWHERE = new Provenance("/bench", null, null, null, false, "bench");

    private final SlaBench.Options options;

    NewestFact(SlaBench.Options options) {
        this.options = options;
    }

    /**
     * A deal.
     *
     * @param pauses whether every second fact pauses a clock, and those between let it go on
     */
    private record Case(String key, int facts, boolean clocks, boolean pauses) {
        String title() {
            return "a newest fact in a deal of %,d%s, %s clocks"
                    .formatted(facts, pauses ? " pauses" : "", clocks ? "with" : "without");
        }
    }

    Bench.Report run(Consumer<String> progress) {
        SlaEvaluator bundled = SlaFiles.load("default", "default", ClockStore.RULES);
        SlaEvaluator none = new SlaEvaluator(ClockStore.RULES, new SlaPolicySet("none", 0, List.of()), Map.of());
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        List<String> table = new ArrayList<>(List.of("%-56s %s".formatted("ms", Percentiles.HEAD)));
        for (boolean clocks : new boolean[] {false, true}) {
            try (MeasuredPlatform platform = MeasuredPlatform.start()) {
                platform.makeTables();
                try (ClockStore store = new ClockStore(platform, clocks ? bundled : none, Clock.systemUTC())) {
                    measure(store.store(), new Case("warm-up", FEW, clocks, true)); // Of no account.
                    for (Case each : List.of(
                            new Case("few", FEW, clocks, false),
                            new Case("many", options.sizes().factsOfDeal(), clocks, false),
                            new Case("pauses", options.sizes().factsOfDeal(), clocks, true))) {
                        Percentiles times = measure(store.store(), each);
                        table.add("%-56s %s".formatted(each.title(), times.line()));
                        progress.accept("sla newest: %s: p50 %.1f ms".formatted(each.title(), times.p50()));
                        figures.put(each.key() + (clocks ? "_with_clocks_ms" : "_without_clocks_ms"), times.figures());
                    }
                }
            }
        }
        figures.put("facts_of_many", options.sizes().factsOfDeal());
        return new Bench.Report(figures, table);
    }

    private Percentiles measure(FactStore store, Case deal) {
        ObjectKey root = new ObjectKey("crm:deal:" + deal.key().toUpperCase(Locale.ROOT));
        Instant begun = Instant.now().minus(1, ChronoUnit.HOURS);
        List<ReceivedStatement> batch = new ArrayList<>();
        for (int i = 0; i < deal.facts(); i++) {
            batch.add(fact(deal, root, i, begun.plusMillis(10L * i)));
            if (batch.size() == BATCH || i == deal.facts() - 1) {
                store.add(batch);
                batch.clear();
            }
        }
        Latencies latencies = new Latencies();
        int warmUp = options.sizes().newestFacts() / 2;
        Instant from = begun.plusMillis(10L * deal.facts());
        for (int i = 0; i < warmUp + options.sizes().newestFacts(); i++) {
            List<ReceivedStatement> one = List.of(fact(deal, root, deal.facts() + i, from.plusMillis(i)));
            long started = System.nanoTime();
            store.add(one);
            if (i >= warmUp) {
                latencies.record(System.nanoTime() - started);
            }
        }
        return latencies.percentiles();
    }

    /** First the deal and its brief, then what a legal case says again and again. */
    private static ReceivedStatement fact(Case deal, ObjectKey root, int number, Instant at) {
        if (number == 0) {
            return fact("crm.deal.created", root, "Deal Created", number, at, List.of());
        }
        if (number == 1) {
            return fact("crm.brief.submitted", root, "Brief Submitted", number, at, List.of());
        }
        ObjectKey review = new ObjectKey("legal:case:" + root.value().substring("crm:deal:".length()));
        return number % 2 == 0 || !deal.pauses()
                ? fact("legal.started", review, "Legal Started", number, at, List.of(root))
                : fact("legal.rejected", review, "Legal Rejected", number, at, List.of(root));
    }

    private static ReceivedStatement fact(
            String type, ObjectKey subject, String status, int number, Instant at, List<ObjectKey> links) {
        return ReceivedStatement.of(
                Fact.of(UUID.randomUUID(), type, subject, status, (long) number, at, links, Map.of(), null), NOWHERE);
    }
}
