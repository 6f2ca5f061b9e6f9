package io.masterdeal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInfrastructureTest {
    @TempDir
    private Path directory;

    @Test
    void data_passwords_and_addresses_outlive_a_stop_and_a_killed_run() throws Exception {
        Path data = directory.resolve("data with a space");
        LocalOptions options = LocalOptions.in(data).withProgress(System.err::println);
        LocalAddresses first;
        try (LocalInfrastructure infrastructure = LocalInfrastructure.start(options)) {
            first = infrastructure.addresses();
            Servers servers = new Servers(first);
            servers.createTopicWithRecord("crm.events", "K-9", "signed");
            servers.execute("CREATE TABLE deal AS SELECT 'D-1' AS id");
            assertThat(servers.registerSchema("crm.deal")).isEqualTo(200);

            assertThat(servers.queryOne("SELECT id FROM deal")).isEqualTo("D-1");
            assertThat(servers.readFirstValue("crm.events")).isEqualTo("signed");
            assertThat(servers.subjects()).contains("crm.deal");
            assertThatSettingsKeepWhatIsCommitted(servers);
            assertThatTheRelayCanFollow(servers);
            assertThatSecretsAreTheOwnersAlone(data, infrastructure);
            assertThatEveryServerIsOnLoopback(first);
            assertThatThrownBy(() -> LocalInfrastructure.start(options))
                    .isInstanceOf(LocalInfrastructureException.class)
                    .hasMessageContaining("in use by a running MasterDeal (process "
                            + ProcessHandle.current().pid() + ")");
        }
        assertThat(first.pids().values()).allSatisfy(LocalInfrastructureTest::assertEnded);

        killARunOn(data, options);

        LocalInfrastructure closedAlready;
        List<String> told = new CopyOnWriteArrayList<>();
        try (LocalInfrastructure infrastructure = LocalInfrastructure.start(options.withProgress(told::add))) {
            assertThat(told.getFirst())
                    .startsWith("the last run on this data (process ")
                    .contains("was killed");
            Servers servers = new Servers(infrastructure.addresses());
            assertThat(servers.readFirstValue("crm.events")).isEqualTo("signed");
            assertThat(servers.queryOne("SELECT id FROM deal")).isEqualTo("D-1");
            assertThat(servers.subjects()).contains("crm.deal");
            assertThat(infrastructure.addresses().postgresPassword()).isEqualTo(first.postgresPassword());
            assertThat(infrastructure.addresses().kafkaClientProperties()).isEqualTo(first.kafkaClientProperties());
            closedAlready = infrastructure;
        }
        closedAlready.close();
    }

    @Test
    void a_port_in_use_is_told_with_its_part_before_anything_starts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalOptions options = LocalOptions.in(directory).withRegistryPort(taken.getLocalPort());

            assertThatThrownBy(() -> LocalInfrastructure.start(options))
                    .isInstanceOf(LocalInfrastructureException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("the Schema Registry")
                    .hasMessageContaining("choose another port");
            assertThat(directory.resolve("postgresql")).doesNotExist();
        }
    }

    @Test
    void two_run_side_by_side_on_one_machine() throws Exception {
        LocalOptions one = LocalOptions.in(directory.resolve("one")).withParts(Set.of(Part.POSTGRESQL));
        LocalOptions two = LocalOptions.in(directory.resolve("two")).withParts(Set.of(Part.POSTGRESQL));
        try (LocalInfrastructure first = LocalInfrastructure.start(one);
                LocalInfrastructure second = LocalInfrastructure.start(two)) {
            assertThat(new Servers(first.addresses()).queryOne("SELECT current_user"))
                    .isEqualTo("masterdeal");
            assertThat(new Servers(second.addresses()).queryOne("SELECT current_user"))
                    .isEqualTo("masterdeal");
            assertThat(first.addresses().postgresPassword())
                    .isNotEqualTo(second.addresses().postgresPassword());
            assertThat(first.addresses().kafkaBootstrapServers()).isEmpty();
        }
    }

    @Test
    void a_broker_that_cannot_start_is_told_with_the_end_of_its_log() throws IOException {
        Path log = Files.createDirectories(directory.resolve("kafka").resolve("log"));
        Files.writeString(log.resolve("meta.properties"), "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=7\n");
        LocalOptions options = LocalOptions.in(directory).withParts(Set.of(Part.KAFKA));

        assertThatThrownBy(() -> LocalInfrastructure.start(options))
                .isInstanceOf(LocalInfrastructureException.class)
                .hasMessageContaining("Kafka ended at its start with exit code 1")
                .hasMessageContaining(
                        directory.resolve("logs").resolve("kafka.log").toString())
                .hasMessageContaining("node id 7");
    }

    @Test
    void a_server_that_dies_is_told_with_how_it_ended_and_the_next_start_tells_of_it_once() {
        // given
        List<String> told = new CopyOnWriteArrayList<>();
        LocalOptions options =
                LocalOptions.in(directory).withParts(Set.of(Part.KAFKA)).withProgress(told::add);
        try (LocalInfrastructure infrastructure = LocalInfrastructure.start(options)) {
            assertThat(infrastructure.startTimes()).containsOnlyKeys(Part.KAFKA);
            long pid = infrastructure.addresses().pids().getOrDefault("kafka", -1L);

            // when
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            // then
            assertThat(infrastructure.failure())
                    .succeedsWithin(Duration.ofSeconds(20))
                    .asString()
                    .startsWith("Kafka (process " + pid + ") has ended unexpectedly (by signal 9). Start again")
                    .contains(directory.resolve("logs").resolve("kafka.log").toString());
            assertThat(told).contains("Kafka (process " + pid + ") has ended unexpectedly (by signal 9)");
        }
        String notice = "Kafka of an earlier run has ended without being stopped";
        for (int start = 1; start <= 2; start++) {
            told.clear();
            try (LocalInfrastructure again = LocalInfrastructure.start(options)) {
                assertThat(again.failure().toCompletableFuture()).isNotDone();
            }
            assertThat(told.stream().filter(line -> line.startsWith(notice)).count())
                    .as("start %s: %s", start, told)
                    .isEqualTo(2 - start);
            assertThat(told).noneMatch(line -> line.contains("was killed") || line.contains("unexpectedly"));
        }
    }

    /** Another process runs on the data and keeps others out; then it is killed with no chance to stop anything. */
    private static void killARunOn(Path data, LocalOptions options) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmasterdeal.home=" + System.getProperty("masterdeal.home"),
                        "-Dmasterdeal.local.java-options=" + System.getProperty("masterdeal.local.java-options", ""),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalRun.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = run.inputReader()) {
            List<String> lines =
                    output.lines().takeWhile(line -> !line.startsWith("ready")).toList();
            assertThat(run.isAlive()).as(() -> String.join("\n", lines)).isTrue();
            assertThatThrownBy(() -> LocalInfrastructure.start(options))
                    .isInstanceOf(LocalInfrastructureException.class)
                    .hasMessageContaining("(process " + run.pid() + ")");
        } finally {
            run.destroyForcibly();
            assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void assertThatSettingsKeepWhatIsCommitted(Servers servers) throws Exception {
        assertThat(servers.queryOne("SHOW fsync")).isEqualTo("on");
        assertThat(servers.queryOne("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(servers.queryOne("SHOW full_page_writes")).isEqualTo("on");
        assertThat(servers.queryOne("SHOW server_version")).startsWith("18.6");
        assertThat(servers.queryOne("SELECT datlocale FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("C.UTF-8");
    }

    private static void assertThatTheRelayCanFollow(Servers servers) throws Exception {
        assertThat(servers.queryOne("SHOW wal_level")).isEqualTo("logical");
        assertThat(servers.queryOne(
                        "SELECT slot_name FROM pg_create_logical_replication_slot('relay', 'pgoutput', true)"))
                .isEqualTo("relay");
    }

    private static void assertThatSecretsAreTheOwnersAlone(Path data, LocalInfrastructure infrastructure)
            throws IOException {
        Path secrets = data.resolve("secrets");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("run"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(secrets)) {
            assertThat(files.toList()).hasSize(4).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                String secret = Files.readString(file);
                assertThat(infrastructure.toString()).doesNotContain(secret);
                try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
                    assertThat(logs)
                            .allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain(secret));
                }
            });
        }
    }

    private static void assertThatEveryServerIsOnLoopback(LocalAddresses addresses) {
        assertThat(addresses.kafkaBootstrapServers()).startsWith("127.0.0.1:");
        assertThat(addresses.jdbcUrl())
                .startsWith("jdbc:postgresql://127.0.0.1:")
                .endsWith("/masterdeal");
        assertThat(addresses.registryUrl()).hasHost("127.0.0.1").hasPath("/apis/ccompat/v7");
    }

    private static void assertEnded(long pid) {
        assertThat(ProcessHandle.of(pid).filter(Processes::isAlive)).isEmpty();
    }
}
