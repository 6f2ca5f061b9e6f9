package io.masterdeal.app;

import static org.awaitility.Awaitility.await;

import io.masterdeal.app.platform.ExternalParts;
import io.masterdeal.app.platform.Platform;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformOptions;
import io.masterdeal.app.platform.Role;
import io.masterdeal.app.replay.LogReplay;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform in this JVM, on real servers that all tests share, since starting them takes longer than most tests. The roles are
 * restarted if a test needs others, or another rule set; the servers and their data stay.
 */
final class TestPlatform {

    /** Generous, for a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Logger log = LoggerFactory.getLogger(TestPlatform.class);

    private static final String TABLES =
            "facts, retractions, event_ids, objects, links, deal_references, placements, deals,"
                    + " pending_folds, effects, counts, orphans, sla_clocks, sla_deadlines, sla_statements, deal_fields,"
                    + " deal_revisions, orphan_dismissals";

    /** Simulated people who wait little, and a service that shares partitions, if a test starts another one. */
    private static final Map<String, String> SETTINGS = Map.of(
            "masterdeal.sandbox.pace",
            "0.15",
            "masterdeal.sandbox.patience",
            "3s",
            "masterdeal.intake.shared",
            "true",
            // Tests take one rule set after the other, whatever deals are stored.
            "masterdeal.service.rules.accept-moves",
            "1000000",
            "masterdeal.router.sinks.allowed",
            "127.0.0.1");

    private static @Nullable TestPlatform shared;

    private final Path data;

    private @Nullable Platform platform;

    private Set<Role> roles = Set.of();

    private String rules = "";

    private Map<String, String> others = Map.of();

    private TestPlatform(Path directory) {
        this.data = directory.resolve("platform");
    }

    /** The platform, with every role and the rule set {@code default}, and without any fact. */
    static TestPlatform empty() throws IOException, SQLException {
        return empty("default");
    }

    /** The same with another rule set. */
    static TestPlatform empty(String rules) throws IOException, SQLException {
        return empty(rules, Role.WITHOUT_PAGES);
    }

    /** The platform with some roles, and without any fact. */
    static TestPlatform empty(String rules, Set<Role> roles) throws IOException, SQLException {
        TestPlatform platform = with(rules, roles);
        platform.forgetAll();
        return platform;
    }

    /** The platform with every role and other settings, and without any fact. */
    static TestPlatform empty(Map<String, String> settings) throws IOException, SQLException {
        TestPlatform platform = with("default", EnumSet.complementOf(EnumSet.of(Role.CONSOLE)), settings);
        platform.forgetAll();
        return platform;
    }

    /** The platform with some roles, and with the data it has. */
    static TestPlatform with(String rules, Set<Role> roles) throws IOException {
        return with(rules, roles, Map.of());
    }

    private static synchronized TestPlatform with(String rules, Set<Role> roles, Map<String, String> settings)
            throws IOException {
        TestPlatform platform = shared;
        if (platform == null) {
            TestPlatform started = new TestPlatform(TestServers.get().directory());
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::stopRoles));
            platform = started;
            shared = started;
        }
        platform.be(rules, roles, settings);
        return platform;
    }

    private void be(String wantedRules, Set<Role> wantedRoles, Map<String, String> wanted) {
        if (platform == null || !rules.equals(wantedRules) || !roles.equals(wantedRoles) || !others.equals(wanted)) {
            stopRoles();
            platform = Platform.start(
                    new PlatformOptions(
                            data, wantedRoles, Map.of(), wantedRules, external(), settings(wantedRoles, wanted)),
                    log::info);
            rules = wantedRules;
            roles = Set.copyOf(wantedRoles);
            others = Map.copyOf(wanted);
        }
    }

    /** Without the sandbox there are no subscriptions: the router would wait for sinks of the previous test. */
    private Map<String, String> settings(Set<Role> wantedRoles, Map<String, String> wanted) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(wanted);
        if (!wantedRoles.contains(Role.SANDBOX)) {
            Path nobody = data.resolveSibling("no-subscriptions.yaml");
            try {
                Files.writeString(nobody, "subscriptions: []\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            settings.put("masterdeal.router.subscriptions", nobody.toString());
        }
        return settings;
    }

    /** Forgets what the router has delivered, and the subscriptions of its API; only later events count. */
    void forgetRouted() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "TRUNCATE router.messages, router.deliveries, router.counts, router.blocks, router.error_outbox,"
                            + " router.operator_actions, router.operations, router.operation_items");
            String gone = "(SELECT id FROM router.subscriptions WHERE deleted OR origin = 'api')";
            statement.execute("DELETE FROM router.spans WHERE to_offset IS NOT NULL OR subscription IN " + gone);
            statement.execute("DELETE FROM router.subscription_changes WHERE name IN"
                    + " (SELECT name FROM router.subscriptions WHERE id IN " + gone + ")");
            statement.execute("DELETE FROM router.subscriptions WHERE id IN " + gone);
            statement.execute("UPDATE router.subscription_set SET version = version + 1");
            statement.execute("UPDATE router.spans s SET from_offset = p.next_offset FROM router.positions p"
                    + " WHERE p.topic = s.topic AND p.partition = s.partition");
        }
    }

    private void stopRoles() {
        if (platform != null) {
            platform.close();
            platform = null;
        }
    }

    private ExternalParts external() {
        LocalAddresses at = servers();
        return new ExternalParts(
                at.kafkaBootstrapServers(),
                at.kafkaClientProperties(),
                at.jdbcUrl(),
                at.postgresUser(),
                at.postgresPassword(),
                at.registryUrl().toString());
    }

    /** The data directory, for {@code --data}. */
    Path data() {
        return data;
    }

    /** The addresses of the servers. */
    LocalAddresses servers() {
        return TestServers.get().addresses();
    }

    /** The addresses of the roles. */
    PlatformAddresses addresses() {
        return Objects.requireNonNull(platform).addresses();
    }

    /** The service's API, with a key that may only read. */
    PlatformClient service() {
        return new PlatformClient(
                Objects.requireNonNull(addresses().service()),
                ApiKeys.read(addresses().apiKeys(), "reader"));
    }

    /** Replays a log as it is, and returns the report. */
    String report(Path eventLog, @Nullable Path mapping) throws IOException, InterruptedException {
        return report(eventLog, mapping, null, 0);
    }

    /** Replays a log and returns the report; everything in the log has to be accepted. */
    String report(Path eventLog, @Nullable Path mapping, @Nullable Long shuffle, double duplicates)
            throws IOException, InterruptedException {
        return report(addresses(), eventLog, mapping, shuffle, duplicates);
    }

    /** The same into a platform whose roles run elsewhere. */
    static String report(
            PlatformAddresses addresses,
            Path eventLog,
            @Nullable Path mapping,
            @Nullable Long shuffle,
            double duplicates)
            throws IOException, InterruptedException {
        StringWriter told = new StringWriter();
        Path report = Files.createTempFile("report", ".jsonl");
        try {
            LogReplay.Result result = new LogReplay(addresses, new PrintWriter(told), false)
                    .run(new LogReplay.Request(eventLog, mapping, shuffle, duplicates, report));
            if (!result.isComplete()) {
                throw new AssertionError("not all of the log was taken: " + result + "\n" + told);
            }
            return Files.readString(report);
        } finally {
            Files.delete(report);
        }
    }

    /** The report on all deals. */
    String report() throws IOException, InterruptedException {
        Path nothing = Files.createTempFile("nothing", ".jsonl");
        try {
            return report(nothing, null);
        } finally {
            Files.delete(nothing);
        }
    }

    /** Deletes every fact and what was computed from them; canonical events stay in Kafka. */
    private void forgetAll() throws SQLException {
        // A service with another rule set than before is still folding; truncating meanwhile could be a deadlock.
        await("no deal waits to be folded")
                .atMost(PATIENCE)
                .until(() -> query("SELECT count(*) FROM pending_folds").equals("0"));
        awaitPublished();
        execute("TRUNCATE " + TABLES);
    }

    /** Waits until everything that is committed by now was published. */
    void awaitPublished() throws SQLException {
        String beat = "SELECT pg_logical_emit_message(false, 'masterdeal.heartbeat', '', true)";
        String place = query(beat);
        query(beat);
        await("the relay has come to " + place)
                .atMost(PATIENCE)
                .until(() -> query("SELECT bool_and(acknowledged_lsn >= '" + place + "') FROM relay_slot")
                        .equals("t"));
    }

    /** Runs a statement in the service's schema; returns how many rows it changed. */
    int execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The first column of the first row of a query in the service's schema, as text. */
    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private Connection connect() throws SQLException {
        LocalAddresses at = servers();
        return DriverManager.getConnection(
                at.jdbcUrl() + (at.jdbcUrl().contains("?") ? "&" : "?") + "currentSchema=service",
                at.postgresUser(),
                at.postgresPassword());
    }

    /** The project's folder. */
    static Path home() {
        return Path.of(System.getProperty("masterdeal.home", "")).toAbsolutePath();
    }

    /** Whether this is a long run. */
    static boolean isLong() {
        return Boolean.getBoolean("masterdeal.long");
    }

    /** A file of {@code samples/}. */
    static Path sample(String name) {
        return home().resolve("samples").resolve(name);
    }

    /** The content of a file of {@code samples/expected/}. */
    static String expected(String name) {
        try {
            return Files.readString(sample("expected").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
