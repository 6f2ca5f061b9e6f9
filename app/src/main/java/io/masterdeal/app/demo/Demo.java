package io.masterdeal.app.demo;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.report.Report;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A demonstration on a platform with the sandbox. */
public final class Demo implements AutoCloseable {

    private static final long POLL_INTERVAL_MS = 500;

    private static final Duration LEDGER_INTERVAL = Duration.ofSeconds(2);

    private static final int MAX_COMPARISONS = 5;

    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final SimulationClient simulation;

    private final PlatformClient service;

    private final LedgerClient ledger;

    private final RuleSet rules;

    private final SlaEvaluator sla;

    private final LatencyMonitor latencies;

    private final EmissionReader emissions;

    private final SlaStatements slaStatements = new SlaStatements();

    private final RateMeter rate = new RateMeter();

    private final RateMeter deliveryRate = new RateMeter();

    private final long begun = System.nanoTime();

    private final Instant begunAt = Instant.now();

    private DeliveryCounts deliveries = DeliveryCounts.NONE;

    private double deliveriesPerSecond;

    private SlaCounts.Clocks clocks = SlaCounts.NONE.clocks();

    /** How many events there were when everything was handled. */
    private long emittedAtRest;

    private long ledgerReadAt = System.nanoTime() - LEDGER_INTERVAL.toNanos();

    /**
     * @param addresses of a platform with all roles
     * @param servers where its Kafka and registry are
     * @param rules the rule set of the service
     * @param sla its policies and calendars
     */
    public Demo(PlatformAddresses addresses, LocalAddresses servers, RuleSet rules, SlaEvaluator sla) {
        Path keys = addresses.apiKeys();
        this.simulation = new SimulationClient(new PlatformClient(
                "sandbox", Objects.requireNonNull(addresses.sandbox()), ApiKeys.read(keys, "operator")));
        this.service = new PlatformClient(Objects.requireNonNull(addresses.service()), ApiKeys.read(keys, "reader"));
        this.ledger = new LedgerClient(
                new PlatformClient("router", Objects.requireNonNull(addresses.router()), ApiKeys.read(keys, "reader")));
        this.rules = rules;
        this.sla = sla;
        this.latencies = new LatencyMonitor(servers, slaStatements);
        this.emissions = new EmissionReader(simulation, latencies);
    }

    /** Starts the simulation. */
    public void start(SimulationSettings settings) throws InterruptedException {
        simulation.start(settings);
    }

    /**
     * Watches until every story has ended and everything was handled.
     *
     * @param timeout the longest time to watch
     * @param snapshots takes a snapshot about twice a second
     * @return false if the time was over first
     */
    public boolean watch(Duration timeout, Consumer<DemoSnapshot> snapshots) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        int quiet = 0;
        DeliveryCounts before = DeliveryCounts.NONE;
        while (System.nanoTime() < end) {
            try {
                DemoSnapshot snapshot = look();
                snapshots.accept(snapshot);
                boolean still = snapshot.deliveries().equals(before) && isAtRest(snapshot.deliveries());
                before = snapshot.deliveries();
                quiet = snapshot.simulation().isQuiet() && snapshot.waiting() == 0 && still ? quiet + 1 : 0;
                if (quiet == 3) {
                    emittedAtRest = snapshot.simulation().emitted();
                    return true;
                }
            } catch (ApiException e) {
                if (!e.isTransient()) {
                    throw e;
                }
                quiet = 0; // A part of the platform is away for a moment; the simulation waits for it too.
            }
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MS);
        }
        return false;
    }

    /** Watches without end. */
    public void watch(Consumer<DemoSnapshot> snapshots) throws InterruptedException {
        while (true) {
            try {
                snapshots.accept(look());
            } catch (ApiException e) {
                if (!e.isTransient()) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MS);
        }
    }

    /** Whether nothing is left to deliver; what waits behind a dead letter waits for an operator. */
    private static boolean isAtRest(DeliveryCounts sums) {
        return sums.pending() == 0 && (sums.parked() == 0 || sums.deadLettered() > 0);
    }

    /** The router counts all its deliveries, which costs time: not at every look while the simulation runs. */
    private void lookAtDeliveries(boolean ending) throws InterruptedException {
        if (ending || System.nanoTime() - ledgerReadAt >= LEDGER_INTERVAL.toNanos()) {
            ledgerReadAt = System.nanoTime();
            deliveries = DeliveryCounts.total(ledger.sums().values());
            deliveriesPerSecond = deliveryRate.of(deliveries.delivered());
        }
    }

    private DemoSnapshot look() throws InterruptedException {
        SimulationStatus status = simulation.status();
        emissions.read();
        lookAtDeliveries(status.isQuiet());
        JsonNode intake = service.get("/intake");
        JsonNode summary = service.get("/summary");
        return new DemoSnapshot(
                status,
                longs(summary.path("stages")),
                longs(summary.path("outcomes")),
                rate.of(status.emitted()),
                latencies.percentile(50),
                latencies.percentile(99),
                summary.path("orphans").longValue(),
                summary.path("effects").path("suppressed").longValue(0),
                intake.path("lag").longValue(0)
                        + intake.path("pending_folds").longValue(0)
                        + intake.path("pending_effects").longValue(0),
                deliveries,
                deliveriesPerSecond,
                sla(status));
    }

    private SlaCounts sla(SimulationStatus status) throws InterruptedException {
        PlatformClient.Answer summary = service.ask("/sla/summary?by=policy");
        if (summary.isOk()) { // A service without policies has no summary.
            clocks = SlaCounts.Clocks.of(summary.body().path("groups"));
        }
        return new SlaCounts(clocks, slaStatements.told(), status.slaTasks());
    }

    private static Map<String, Long> longs(JsonNode counts) {
        Map<String, Long> longs = new LinkedHashMap<>();
        counts.properties()
                .forEach(count -> longs.put(count.getKey(), count.getValue().longValue()));
        return longs;
    }

    /** What the platform answers beside what it should. */
    private record Compared(Answers expected, Map<String, List<String>> differences) {}

    /**
     * Compares the answers of the platform with the expected ones.
     *
     * @param complete whether everything was handled in time
     */
    public DemoSummary summarize(boolean complete) throws InterruptedException {
        Compared compared = compare();
        int comparisons = 1;
        // A clock may have changed meanwhile, and the task that is given for it is one more event.
        while (complete && comparisons++ < MAX_COMPARISONS && mayPass(compared.differences())) {
            watch(SETTLING, _ -> {});
            compared = compare();
        }
        List<String> varieties = new ArrayList<>();
        simulation.deals(deal -> deal.path("varieties").forEach(variety -> varieties.add(variety.stringValue())));
        SimulationStatus status = simulation.status();
        return new DemoSummary(
                complete,
                status,
                simulation.troubles(),
                compared.expected(),
                DemoSummary.count(varieties),
                compared.differences(),
                new DeliverySummary(ledger.sums(), ledger.unexplained(begunAt), simulation.contextAway()),
                sla(status),
                latencies.count(),
                latencies.percentile(50),
                latencies.percentile(99),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Whether something is different only because it happened while it was compared. */
    private boolean mayPass(Map<String, List<String>> differences) throws InterruptedException {
        return !differences.isEmpty()
                && (simulation.status().emitted() != emittedAtRest
                        || differences.values().stream().flatMap(List::stream).anyMatch(Comparison::isAboutClocks));
    }

    private Compared compare() throws InterruptedException {
        List<EmittedEvent> emitted = simulation.everythingEmitted();
        List<EmittedEvent> whole = ExpectedAnswers.wholeStories(emitted);
        Answers expected = ExpectedAnswers.of(whole).answers(rules);
        ExpectedAnswers sent =
                ExpectedAnswers.of(whole.stream().filter(EmittedEvent::isSent).toList());
        Comparison comparison = new Comparison(service, sent.clocks(sla, Instant.now()));
        return new Compared(expected, comparison.differences(emitted, expected, sent.answers(rules)));
    }

    /** Writes every event of the systems, one CloudEvent a line, those that were lost included. */
    public void writeEvents(Path file) throws IOException, InterruptedException {
        try (Writer out = Files.newBufferedWriter(file)) {
            for (EmittedEvent emitted : simulation.everythingEmitted()) {
                out.write(emitted.complete().toString());
                out.write('\n');
            }
        }
    }

    /** Writes the service's answers about all deals. */
    public void writeReport(Path file) throws IOException, InterruptedException {
        new Report(service).write(file);
    }

    @Override
    public void close() {
        latencies.close();
    }
}
