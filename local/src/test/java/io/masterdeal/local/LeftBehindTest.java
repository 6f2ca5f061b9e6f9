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
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed run leaves behind, and what only looks like it. */
class LeftBehindTest {
    @TempDir
    private Path directory;

    private StartContext context;

    @BeforeEach
    void open_the_data_directory() {
        context = new StartContext(DataDirectory.open(directory), InfrastructureFiles.find(), System.err::println);
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

        assertThat(child.isAlive()).isFalse();
        assertThat(context.data().run("kafka.pid")).doesNotExist();
    }

    @Test
    void a_process_that_only_has_the_same_number_is_left_alone() throws Exception {
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
    void postgresql_is_recognised_by_its_own_mark_and_stopped_and_a_stranger_with_that_number_is_not()
            throws Exception {
        RunningPart postgres = PostgresServer.start(context, PostgresPrograms.find(context), Ports.free());
        Path mark = context.data().of(Part.POSTGRESQL).resolve("postmaster.pid");
        List<String> lines = Files.readAllLines(mark);
        assertThatUnsafeSettingsAreRefused(postgres.port());

        PostgresServer.stopLeftBehind(context);

        assertThat(postgres.process().isAlive()).isFalse();
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(mark, lines);
        PostgresServer.stopLeftBehind(context);
        assertThat(mark).doesNotExist();
        postgres.stop();
    }

    @Test
    void a_port_taken_in_the_last_moment_is_recognised_by_each_server() throws Exception {
        PostgresPrograms programs = PostgresPrograms.find(context);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = socket.getLocalPort();
            assertThatThrownBy(() -> PostgresServer.start(context, programs, taken))
                    .isInstanceOf(PortTakenException.class);
            assertThatThrownBy(() -> KafkaServer.start(context, taken)).isInstanceOf(PortTakenException.class);
            RunningPart postgres = PostgresServer.start(context, programs, Ports.free());
            try {
                assertThatThrownBy(() -> RegistryServer.start(context, taken, postgres.port()))
                        .isInstanceOf(PortTakenException.class);
            } finally {
                postgres.stop();
            }
        }
    }

    private void assertThatUnsafeSettingsAreRefused(int port) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        PostgresAccounts.jdbcUrl(port, "postgres"),
                        "postgres",
                        context.data().secret(PostgresAccounts.SUPERUSER_SECRET));
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");

            assertThatThrownBy(() -> PostgresAccounts.assertSettings(connection))
                    .isInstanceOf(LocalInfrastructureException.class)
                    .hasMessageContaining("synchronous_commit = off, but on is needed");
        }
    }

    /** A child like ours, that does nothing; it runs when it has said so. */
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
