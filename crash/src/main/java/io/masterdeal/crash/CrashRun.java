package io.masterdeal.crash;

import io.masterdeal.app.report.Report;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.crash.fault.Fault;
import io.masterdeal.crash.history.CanonicalTopicReader;
import io.masterdeal.crash.history.DatabaseReader;
import io.masterdeal.crash.history.History;
import io.masterdeal.crash.history.HistoryCheck;
import io.masterdeal.crash.history.StoredDeal;
import io.masterdeal.crash.history.StoredFact;
import io.masterdeal.crash.history.StoredMark;
import io.masterdeal.crash.history.StoredRevision;
import io.masterdeal.crash.history.Verdict;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.crash.workload.ExpectedClocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A replay into a platform that is disturbed meanwhile, and the check of what came of it. */
public final class CrashRun {

    private static final Logger log = LoggerFactory.getLogger(CrashRun.class);

    private final CrashPlatform platform;

    /**
     * @param platform the platform
     */
    public CrashRun(CrashPlatform platform) {
        this.platform = platform;
    }

    /**
     * Sends events as new ones, injects the faults meanwhile, and waits until every event is accounted for and every canonical event
     * published.
     *
     * @param seed chooses among several processes
     * @param faults injected in this order; none for an undisturbed run
     * @param events CloudEvents that the platform does not know yet
     * @return what was done, and the report and the verdict on all the platform knows
     */
    public RunResult run(long seed, List<Fault> faults, List<ObjectNode> events)
            throws IOException, InterruptedException, SQLException {
        log.info("seed {}, {} events, {} faults", seed, events.size(), faults.size());
        long start = System.nanoTime();
        int endedBefore = endedByThemselves();
        FaultInjector injector = new FaultInjector(platform, new Random(seed));
        long sent;
        try (Load load = Load.ofNewEvents(platform, events, 2 * faults.size() + 2)) {
            for (Fault fault : faults) {
                injector.inject(fault, load);
            }
            sent = load.finish();
        }
        settle();
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return new RunResult(
                seed, sent, injector.injected(), endedByThemselves() - endedBefore, duration, report(), verdict());
    }

    private int endedByThemselves() {
        return platform.roleProcesses().stream()
                .mapToInt(SupervisedRole::endedByItself)
                .sum();
    }

    /** Waits until every role answers, nothing waits to be folded, no clock is due soon, and everything is published. */
    public void settle() throws InterruptedException, SQLException {
        for (SupervisedRole role : platform.roleProcesses()) {
            platform.awaitUp(role);
        }
        platform.awaitQuiet();
    }

    /** What the platform reports on all it knows. */
    public String report() throws IOException, InterruptedException {
        Path file = Files.createTempFile("report", ".jsonl");
        try {
            new Report(platform.client("reader")).write(file);
            return Files.readString(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Checks topic, database, answers and what was sent against each other. */
    public Verdict verdict() throws InterruptedException, SQLException {
        SortedMap<String, StoredDeal> deals;
        List<StoredFact> facts;
        List<StoredMark> marks;
        List<StoredRevision> revisions;
        try (Connection connection = platform.connect()) {
            DatabaseReader reader = new DatabaseReader(connection);
            deals = reader.deals();
            facts = reader.facts();
            marks = reader.marks();
            revisions = reader.revisions();
        }
        PlatformClient client = platform.client("reader");
        Map<String, JsonNode> answers = new HashMap<>();
        for (StoredDeal deal : deals.values()) {
            PlatformClient.Answer answer = client.ask("/masterdeal/" + deal.id());
            if (answer.isOk()) {
                answers.put(deal.root(), answer.body());
            }
        }
        return HistoryCheck.check(new History(
                new CanonicalTopicReader(platform.kafkaClient(), platform.registry()).read(),
                deals,
                answers,
                facts,
                platform.sent().sent(),
                revisions,
                ExpectedClocks.of(platform.sent().statements(), platform.evaluator(), Instant.now(), marks),
                !platform.query("SELECT count(*) FROM relay_incidents").equals("0")));
    }
}
