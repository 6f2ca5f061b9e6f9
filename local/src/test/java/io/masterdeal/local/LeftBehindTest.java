package io.masterdeal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed run leaves behind, and what only looks as if it were left behind. */
class LeftBehindTest {
    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private StartContext context;

    @BeforeEach
    void open_the_data_directory() {
        context = new StartContext(DataDirectory.open(directory), InfrastructureFiles.find(), told::add);
    }

    @AfterEach
    void release_the_data_directory() {
        context.data().close();
    }

    @Test
    void a_child_that_its_pid_file_names_is_stopped() throws Exception {
        Process child = idleJava();
        ProcessRecord.of(child.toHandle()).write(context.data().run("kafka.pid"));

        ChildJvm.stopLeftBehind(context, Part.KAFKA);

        // It has ended; its parent, this JVM, may notice a moment later.
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(context.data().run("kafka.pid")).doesNotExist();
    }

    @Test
    void a_process_that_only_has_the_same_id_is_left_alone() throws Exception {
        Process stranger = idleJava();
        try {
            ProcessRecord record = ProcessRecord.of(stranger.toHandle());
            new ProcessRecord(record.pid(), record.startedAt().minus(Duration.ofMinutes(1)))
                    .write(context.data().run("kafka.pid"));

            ChildJvm.stopLeftBehind(context, Part.KAFKA);

            assertThat(stranger.isAlive()).isTrue();
            assertThat(context.data().run("kafka.pid")).doesNotExist();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void a_child_ends_when_its_parent_does() throws Exception {
        Process child = idleJava();

        child.getOutputStream().close();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
    }

    @Test
    void postgresql_is_recognised_by_its_pid_file_and_stopped_and_another_process_with_that_id_is_not()
            throws Exception {
        RunningPart postgres = PostgresServer.start(context, PostgresPrograms.find(context), Ports.free(), Set.of());
        Path mark = context.data().of(Part.POSTGRESQL).resolve("postmaster.pid");
        List<String> lines = Files.readAllLines(mark);
        assertThatUnsafeSettingsAreRefused(postgres.port());

        PostgresServer.stopLeftBehind(context);

        assertThat(Processes.isAlive(postgres.process())).isFalse();
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(mark, lines);
        PostgresServer.stopLeftBehind(context);
        assertThat(mark).doesNotExist();
        postgres.stop();
    }

    @Test
    void postgresql_is_stopped_if_this_process_dies_during_its_start() throws Exception {
        // given
        PostgresPrograms programs = PostgresPrograms.find(context);
        PostgresServer.start(context, programs, Ports.free(), Set.of()).stop();
        Path data = context.data().of(Part.POSTGRESQL);

        // when
        PostgresGuard guard = PostgresGuard.start(
                context,
                programs,
                List.of(
                        "pg_ctl",
                        "start",
                        "--wait",
                        "--pgdata=" + data,
                        "--log=" + context.data().log(Part.POSTGRESQL),
                        "--options=-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c port="
                                + Ports.free()));
        guard.release(Duration.ofSeconds(30));

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(data.resolve("postmaster.pid")).doesNotExist());
        assertThat(Files.readString(context.data().log(Part.POSTGRESQL)))
                .contains("database system is ready")
                .contains("database system is shut down");
    }

    @Test
    void a_start_waits_for_what_is_left_of_a_killed_postgresql() throws Exception {
        // given
        PostgresPrograms programs = PostgresPrograms.find(context);
        RunningPart postgres = PostgresServer.start(context, programs, Ports.free(), Set.of());
        try (Connection connection = connect(postgres.port());
                Statement statement = connection.createStatement()) {
            // Busy for some seconds, so it does not notice the death of its server.
            statement.execute("SET statement_timeout = '4s'");
            CompletableFuture<Boolean> busy = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT count(*) FROM generate_series(1, 10000000000) a");
                } catch (SQLException e) {
                    return false;
                }
            });
            Awaitility.await().until(() -> isQueryRunning(postgres.port()));

            // when
            postgres.process().destroyForcibly();
            Awaitility.await().until(() -> !Processes.isAlive(postgres.process()));
            postgres.stop();
            PostgresServer.stopLeftBehind(context);
            RunningPart again = PostgresServer.start(context, programs, Ports.free(), Set.of());

            // then
            again.stop();
            assertThat(busy).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(false);
        }
        assertThat(told).anyMatch(line -> line.contains("was killed; it recovers"));
        assertThat(told).contains("waiting for the last processes of an earlier PostgreSQL to end ...");
    }

    @Test
    void a_port_taken_in_the_last_moment_is_recognised_by_each_server() throws Exception {
        PostgresPrograms programs = PostgresPrograms.find(context);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = socket.getLocalPort();
            assertThatThrownBy(() -> PostgresServer.start(context, programs, taken, Set.of()))
                    .isInstanceOf(PortTakenException.class);
            assertThatThrownBy(() -> KafkaServer.start(context, taken)).isInstanceOf(PortTakenException.class);
            RunningPart postgres = PostgresServer.start(context, programs, Ports.free(), Set.of());
            try {
                assertThatThrownBy(() -> RegistryServer.start(context, taken, postgres.port()))
                        .isInstanceOf(PortTakenException.class);
            } finally {
                postgres.stop();
            }
        }
    }

    private void assertThatUnsafeSettingsAreRefused(int port) throws Exception {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");

            assertThatThrownBy(() -> PostgresAccounts.assertSettings(connection))
                    .isInstanceOf(LocalInfrastructureException.class)
                    .hasMessageContaining("synchronous_commit = off, but on is needed");
        }
    }

    private boolean isQueryRunning(int port) throws Exception {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE state = 'active' AND query LIKE 'SELECT count(*) FROM generate_series%'")) {
            return row.next() && row.getInt(1) == 1;
        }
    }

    private Connection connect(int port) throws Exception {
        return DriverManager.getConnection(
                PostgresAccounts.jdbcUrl(port, "postgres"),
                "postgres",
                context.data().secret(PostgresAccounts.SUPERUSER_SECRET));
    }

    /** A child that does nothing; it runs as soon as it has printed so. */
    private Process idleJava() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.masterdeal.local.child.ChildMain",
                        IdleProgram.class.getName())
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("idle");
        return process;
    }
}
