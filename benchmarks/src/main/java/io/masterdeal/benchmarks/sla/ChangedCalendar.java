package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.measure.Percentiles;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A changed calendar: all running clocks are evaluated anew, by the service that takes events in meanwhile. First the same events at the
 * same rate without that.
 */
final class ChangedCalendar {

    private static final int CLOCKS_OF_A_DEAL = 2;

    /** Works ten hours a day, where the bundled one works eight. */
    private static final String CALENDAR = """
            calendars:
              moscow:
                zone: Europe/Moscow
                week: {mon: ["08:00-18:00"], tue: ["08:00-18:00"], wed: ["08:00-18:00"], thu: ["08:00-18:00"], fri: ["08:00-18:00"]}
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(60);

    private final SlaBench.Options options;

    private int firstDeal;

    ChangedCalendar(SlaBench.Options options) {
        this.options = options;
    }

    Bench.Report run(Consumer<String> progress)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        int deals = options.sizes().clocks() / CLOCKS_OF_A_DEAL;
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            Path changed = Files.writeString(platform.directory().resolve("calendars.yaml"), CALENDAR);
            MeasuredRole.service(platform, Map.of(), options.flags()).close();
            progress.accept("sla calendar: loading %,d running clocks ...".formatted(deals * CLOCKS_OF_A_DEAL));
            try (ClockStore store = new ClockStore(
                    platform, SlaFiles.load("default", "default", ClockStore.RULES), Clock.systemUTC())) {
                store.takeIn(workload(deals), CLOCKS_OF_A_DEAL);
                Database.execute(platform, "VACUUM (ANALYZE)", "CHECKPOINT");
                TimedEvents.Outcome alone;
                try (MeasuredRole _ = MeasuredRole.service(platform, Map.of(), options.flags())) {
                    TimedEvents.send(platform, events(), options.rate()); // Warms up.
                    alone = TimedEvents.send(platform, events(), options.rate());
                }
                tell(progress, "alone", alone);
                store.store().refold();
                Map<String, String> settings = Map.of("masterdeal.service.sla.calendars", changed.toString());
                try (MeasuredRole _ = MeasuredRole.service(platform, settings, options.flags())) {
                    return whileEventsComeIn(platform, store, alone, progress);
                }
            }
        }
    }

    private Bench.Report whileEventsComeIn(
            MeasuredPlatform platform, ClockStore store, TimedEvents.Outcome alone, Consumer<String> progress)
            throws InterruptedException, ExecutionException, SQLException {
        TimedEvents.send(platform, events(), options.rate()); // Warms up, as before.
        long before = store.store().pending();
        long began = System.nanoTime();
        TimedEvents.Outcome beside = TimedEvents.send(platform, events(), options.rate());
        double busy = CLOCKS_OF_A_DEAL * (before - store.store().pending()) * 1e9 / (System.nanoTime() - began);
        tell(progress, "beside", beside);
        long left = store.store().pending();
        began = System.nanoTime();
        while (store.store().pending() > 0) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException(store.store().pending() + " deals still wait after " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        double idle = CLOCKS_OF_A_DEAL * left * 1e9 / (System.nanoTime() - began);
        check(platform);
        return report(alone, beside, before == 0 ? null : busy, left == 0 ? null : idle);
    }

    private static void check(MeasuredPlatform platform) throws SQLException {
        long meanings = Database.number(platform, "SELECT count(DISTINCT sla_policies) FROM service.deals WHERE known");
        if (meanings != 1) {
            throw new IllegalStateException("the clocks are of " + meanings + " sets of calendars");
        }
    }

    private static void tell(Consumer<String> progress, String how, TimedEvents.Outcome outcome) {
        progress.accept("sla calendar: events %s: %,.0f/s, p99 %.0f ms, %d never seen"
                .formatted(how, outcome.perSecond(), outcome.times().p99(), outcome.unseen()));
    }

    /** Some seconds of events of new deals. */
    private DealWorkload events() {
        return workload(Math.max(1, options.rate() * options.seconds() / DealWorkload.EVENTS_OF_A_DEAL));
    }

    private DealWorkload workload(int deals) {
        DealWorkload workload = new DealWorkload(firstDeal, deals, options.seed(), DealWorkload.Order.AS_HAPPENED);
        firstDeal += deals;
        return workload.until(Instant.now());
    }

    private Bench.Report report(
            TimedEvents.Outcome alone, TimedEvents.Outcome beside, @Nullable Double busy, @Nullable Double idle) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("clocks", options.sizes().clocks());
        figures.put("events_per_second_sent", options.rate());
        figures.put("clocks_per_second_beside_events", busy);
        figures.put("clocks_per_second_alone", idle);
        figures.put("events_alone", figures(alone));
        figures.put("events_beside", figures(beside));
        return new Bench.Report(
                figures,
                List.of(
                        "changed calendar over %,d clocks: %s a second beside %,d events a second, %s without events"
                                .formatted(options.sizes().clocks(), rate(busy), options.rate(), rate(idle)),
                        "%-36s %s".formatted("event to canonical event, ms", Percentiles.HEAD),
                        "%-36s %s".formatted("  no change", alone.times().line()),
                        "%-36s %s"
                                .formatted(
                                        "  while clocks are evaluated anew",
                                        beside.times().line())));
    }

    private static String rate(@Nullable Double perSecond) {
        return perSecond == null ? "-" : "%,.0f".formatted(perSecond);
    }

    private static Map<String, @Nullable Object> figures(TimedEvents.Outcome outcome) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("events_per_second", outcome.perSecond());
        figures.put("ms", outcome.times().figures());
        figures.put("never_seen", outcome.unseen());
        return figures;
    }
}
