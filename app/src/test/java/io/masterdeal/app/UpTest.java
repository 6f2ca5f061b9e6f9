package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code up} with everything it starts: what it exposes, and what happens when it is killed. The tests run in order, since
 * starting takes long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpTest {

    private static final Path DEALS = TestPlatform.sample("deals.csv");

    private static final Path MAPPING = TestPlatform.sample("deals.mapping.json");

    private static final String EXPECTED = TestPlatform.expected("deals.default.jsonl");

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final String USED_LOGINS = """
            SELECT DISTINCT usename::text FROM pg_stat_activity WHERE datname = 'masterdeal' AND pid <> pg_backend_pid()
            ORDER BY 1
            """;

    private static final String SCHEMA_OWNERS = """
            SELECT DISTINCT schemaname || ' ' || tableowner FROM pg_tables WHERE schemaname IN ('service', 'router', 'console')
            ORDER BY 1
            """;

    private static final String[] OWN_SCHEMAS = {
        "console masterdeal_console", "router masterdeal_router", "service masterdeal_service"
    };

    private Path data = Path.of("");

    private ChildPlatform platform;

    /** Starts it, and sends it the sample deals. */
    @BeforeAll
    void up(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        platform = start();
        assertThat(TestPlatform.report(platform.addresses(), DEALS, MAPPING, 1L, 20))
                .isEqualTo(EXPECTED);
    }

    @AfterAll
    void down() throws InterruptedException {
        platform.close();
    }

    @Test
    @Order(1)
    void it_prints_where_everything_is() throws IOException {
        assertThat(platform.output())
                .contains("gateway    " + platform.addresses().gateway() + "/events")
                .contains("service    " + platform.addresses().service() + "/masterdeal")
                .contains("router     " + platform.addresses().router() + "/subscriptions")
                .contains("console    " + platform.addresses().console())
                .contains("log in     ./masterdeal console link --data " + data)
                .containsPattern("Kafka +127\\.0\\.0\\.1:\\d+")
                .containsPattern("PostgreSQL jdbc:postgresql://127\\.0\\.0\\.1:\\d+/masterdeal")
                .containsPattern("registry +http://127\\.0\\.0\\.1:\\d+/apis/ccompat/v7")
                .contains("API keys   " + data.resolve("secrets").resolve("api-keys"));
    }

    @Test
    @Order(2)
    void secrets_and_addresses_can_be_read_by_their_owner_only() throws IOException {
        List<Path> files = new ArrayList<>(files(data.resolve("secrets")));
        assertThat(files).hasSizeGreaterThan(8);
        files.add(data.resolve("run").resolve("platform.properties"));
        files.add(data.resolve("run").resolve("kafka.properties"));
        files.add(data.resolve("secrets"));
        files.add(data.resolve("secrets").resolve("api-keys"));

        assertThat(files)
                .allSatisfy(file -> assertThat(OWNERS).as("%s", file).containsAll(Files.getPosixFilePermissions(file)));
    }

    @Test
    @Order(3)
    void no_log_and_no_command_line_holds_a_secret() throws IOException {
        Set<String> secrets = new HashSet<>();
        for (Path file : files(data.resolve("secrets"))) {
            secrets.add(Files.readString(file).strip());
        }
        List<Path> logs = files(data.resolve("logs"));
        assertThat(logs).extracting(it -> it.getFileName().toString()).contains("masterdeal.log", "kafka.log");

        for (Path each : logs) {
            String text = Files.readString(each, StandardCharsets.ISO_8859_1);
            assertThat(secrets).as("%s", each).noneMatch(text::contains);
        }
        String printed = platform.output();
        assertThat(secrets).as(printed).noneMatch(printed::contains);
        for (ProcessHandle process : processes()) {
            String commandLine = process.info().commandLine().orElse("");
            assertThat(secrets).as(commandLine).noneMatch(commandLine::contains);
        }
    }

    @Test
    @Order(4)
    void each_role_has_a_login_and_owns_its_schema_with_it() throws Exception {
        assertThat(postgres("masterdeal", "postgresql", USED_LOGINS))
                .containsExactly("masterdeal_console", "masterdeal_router", "masterdeal_service");
        assertThat(postgres("masterdeal", "postgresql", SCHEMA_OWNERS)).containsExactly(OWN_SCHEMAS);
        assertThat(postgres("masterdeal_service", "postgresql-service", "SELECT count(*) > 0 FROM service.facts"))
                .containsExactly("t");
        assertThatThrownBy(() -> postgres("masterdeal_router", "postgresql-router", "SELECT 1 FROM service.facts"))
                .hasMessageContaining("permission denied for schema service");
        assertThatThrownBy(() -> postgres("masterdeal_service", "postgresql-service", "SELECT 1 FROM router.positions"))
                .hasMessageContaining("permission denied for schema router");
    }

    @Test
    @Order(4)
    void nothing_listens_beyond_loopback() throws IOException {
        assumeTrue(
                Files.isReadable(Path.of("/proc/net/tcp")),
                "SKIPPED: who listens where is looked up in /proc, which this system does not have");
        ListeningSockets sockets = ListeningSockets.of(processes());
        Set<Integer> printed = new HashSet<>();
        Matcher ports = Pattern.compile("127\\.0\\.0\\.1:(\\d+)").matcher(platform.output());
        while (ports.find()) {
            printed.add(Integer.parseInt(ports.group(1)));
        }

        assertThat(printed).hasSizeGreaterThanOrEqualTo(6);
        assertThat(sockets.onLoopback()).containsAll(printed);
        assertThat(sockets.beyondLoopback()).isEmpty();
    }

    @Test
    @Order(5)
    void a_second_platform_on_the_same_data_is_told_who_has_it() {
        StringWriter err = new StringWriter();

        int exitCode = MasterDeal.commandLine()
                .setErr(new PrintWriter(err))
                .execute(
                        "up",
                        "--data",
                        data.toString(),
                        "--gateway-port=0",
                        "--service-port=0",
                        "--router-port=0",
                        "--console-port=0");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString())
                .contains("is in use by a running MasterDeal (process "
                        + platform.process().pid() + ")")
                .contains("name another data directory")
                .doesNotContain("\tat ");
        assertThat(PlatformAddresses.read(data)).isEqualTo(platform.addresses());
    }

    @Test
    @Order(6)
    void killed_and_started_again_it_takes_events_soon_and_knows_all_it_knew() throws Exception {
        // given
        List<ProcessHandle> before = processes();
        String event = anEvent();
        // As before roles had logins of their own: one of them owns all.
        await("no transaction of the router is in the way")
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> postgres(
                        "postgres",
                        "postgresql-superuser",
                        "REASSIGN OWNED BY masterdeal_router TO masterdeal_service",
                        false));
        assertThat(postgres("masterdeal", "postgresql", SCHEMA_OWNERS)).doesNotContain("router masterdeal_router");

        // when
        platform.kill();
        long start = System.nanoTime();
        platform = start();
        HttpResponse<String> response = post(event);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // then
        // Not through a logger: the platforms in this JVM have switched the console off.
        System.out.printf(
                "POST /events was answered %.1f s after the start on data of a killed run%n", took.toMillis() / 1000.0);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(took).isLessThan(TestPlatform.isLong() ? Duration.ofSeconds(60) : Duration.ofSeconds(120));
        assertThat(TestPlatform.report(platform.addresses(), DEALS, MAPPING, null, 0))
                .isEqualTo(EXPECTED);
        assertThat(postgres("masterdeal", "postgresql", SCHEMA_OWNERS)).containsExactly(OWN_SCHEMAS);
        assertThat(before).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(7)
    void a_table_that_is_dropped_becomes_events_and_what_is_refused_is_told_with_its_line() throws IOException {
        // when
        Path invoices = Files.createDirectories(drop().resolve("invoices"));
        Path fresh = drop().resolve("fresh.csv");
        Files.copy(TestPlatform.sample("routes").resolve("data").resolve("invoices.csv"), fresh);
        Files.move(fresh, invoices.resolve("march.csv"));

        // then
        await().atMost(TestPlatform.PATIENCE).until(() -> Files.exists(invoices.resolve(".done/march.csv")));
        assertThat(Files.readAllLines(invoices.resolve(".rejected/march.csv.jsonl")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("\"line\":3", "/data/amount"))
                .anySatisfy(line -> assertThat(line).contains("\"line\":4", "6 fields"));
        PlatformClient service = new PlatformClient(
                Objects.requireNonNull(platform.addresses().service()),
                ApiKeys.read(platform.addresses().apiKeys(), "reader"));
        await("the fact has the id that a trial of the route tells")
                .atMost(TestPlatform.PATIENCE)
                .ignoreExceptionsInstanceOf(ApiException.class)
                .until(() -> service.get("/facts/ec53e45f-8563-5960-ba2d-a826d71a017d")
                        .toString()
                        .contains("dcm.invoice.paid"));
    }

    @Test
    @Order(8)
    void a_term_signal_ends_it_and_all_it_started_and_nothing_is_noted_as_running() throws Exception {
        List<ProcessHandle> before = processes();

        int exitCode = platform.terminate();

        assertThat(exitCode).isEqualTo(143);
        await("its servers are gone")
                .atMost(TestPlatform.PATIENCE)
                .until(() -> before.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(data.resolve("run").resolve("platform.properties")).doesNotExist();
    }

    private ChildPlatform start() throws IOException {
        return ChildPlatform.up(
                data,
                "--gateway-port=0",
                "--service-port=0",
                "--router-port=0",
                "--console-port=0",
                "--routes=" + routes());
    }

    /** A folder with the example that reads tables of invoices, from a folder of this test. */
    private Path routes() throws IOException {
        Path routes = Files.createDirectories(data.resolveSibling("routes"));
        Files.writeString(
                routes.resolve("invoices.yaml"),
                Files.readString(TestPlatform.sample("routes").resolve("billing-invoices.yaml"))
                        .replace("{{env:MASTERDEAL_DROP:data/drop}}", drop().toString()));
        return routes;
    }

    private Path drop() {
        return data.resolveSibling("drop");
    }

    /** The first column of what PostgreSQL answers to a login whose password is in a file. */
    private List<String> postgres(String login, String secret, String query) throws IOException, SQLException {
        return postgres(login, secret, query, true);
    }

    private List<String> postgres(String login, String secret, String statement, boolean answers)
            throws IOException, SQLException {
        Matcher url = Pattern.compile("jdbc:postgresql://\\S+").matcher(platform.output());
        assertThat(url.find()).isTrue();
        String password = Files.readString(data.resolve("secrets").resolve(secret + ".password"));
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url.group(), login, password);
                Statement made = connection.createStatement()) {
            if (!answers) {
                made.execute(statement);
                return texts;
            }
            try (ResultSet rows = made.executeQuery(statement)) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        }
        return texts;
    }

    /** The platform's processes: itself, what it started, and what that started. */
    private List<ProcessHandle> processes() throws IOException {
        Set<ProcessHandle> processes = new HashSet<>(Set.of(platform.process()));
        for (Path file : files(data.resolve("run"))) {
            if (file.toString().endsWith(".pid")) {
                Matcher pid = Pattern.compile("(?:pid=)?(\\d+)").matcher(Files.readString(file));
                assertThat(pid.find()).as("%s", file).isTrue();
                ProcessHandle.of(Long.parseLong(pid.group(1))).ifPresent(processes::add);
            }
        }
        String postmaster = Files.readString(data.resolve("postgresql").resolve("postmaster.pid"));
        ProcessHandle.of(Long.parseLong(postmaster.lines().findFirst().orElseThrow()))
                .ifPresent(processes::add);
        List.copyOf(processes).forEach(it -> it.descendants().forEach(processes::add));
        assertThat(processes).hasSizeGreaterThan(4);
        return List.copyOf(processes);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** An event that the platform knows already: it changes nothing. */
    private String anEvent() throws IOException {
        try (io.masterdeal.app.replay.log.EventLog events =
                io.masterdeal.app.replay.log.EventLogs.open(DEALS, MAPPING, problem -> {
                    throw new AssertionError(problem.message());
                })) {
            return events.next().cloudEvent().toString();
        }
    }

    private HttpResponse<String> post(String event) throws IOException, InterruptedException {
        PlatformAddresses addresses = platform.addresses();
        URI gateway = Objects.requireNonNull(addresses.gateway());
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(gateway.resolve("/events"))
                            .header("Authorization", "Bearer " + ApiKeys.read(addresses.apiKeys(), "crm"))
                            .header("Content-Type", "application/cloudevents+json")
                            .POST(BodyPublishers.ofString(event))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
