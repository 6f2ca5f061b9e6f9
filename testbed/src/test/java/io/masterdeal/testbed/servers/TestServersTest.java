package io.masterdeal.testbed.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one JVM leaves in the servers, the next one that borrows them does not find. */
class TestServersTest {

    @TempDir
    private Path folder;

    @Test
    void servers_of_a_killed_borrower_are_lent_again_as_new() throws Exception {
        // given
        Path output = folder.resolve("output.txt");
        JavaProcess borrower = JavaProcess.start(
                "the borrower",
                JavaCommand.of(UntidyBorrower.class)
                        .withOptions(
                                "-Dmasterdeal.home=" + System.getProperty("masterdeal.home"),
                                "-Dmasterdeal.local.java-options="
                                        + System.getProperty("masterdeal.local.java-options", "")),
                output);
        assertThat(borrower.awaitEnd(Duration.ofMinutes(2))).isTrue();
        assertThat(borrower.exitCode()).as(Files.readString(output)).isEqualTo(7);

        // when
        TestServers servers = TestServers.get();

        // then
        assertThat(Files.readString(output))
                .as("they are the same servers")
                .contains("borrowed " + servers.addresses().kafkaBootstrapServers());
        try (Admin admin = Admin.create(servers.kafkaClient())) {
            assertThat(admin.listTopics().names().get()).isEmpty();
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
        assertThat(texts(servers, "SELECT slot_name FROM pg_replication_slots")).isEmpty();
        assertThat(texts(servers, "SELECT tablename FROM pg_tables WHERE tablename = 'left_behind'"))
                .isEmpty();
        assertThat(texts(servers, "SELECT datname FROM pg_database WHERE datname LIKE 'test%'"))
                .hasSize(1);
        assertThat(subjects(servers)).isEqualTo("[]");
    }

    private static List<String> texts(TestServers servers, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        servers.addresses().jdbcUrl(),
                        servers.addresses().postgresUser(),
                        servers.addresses().postgresPassword());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static String subjects(TestServers servers) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(servers.addresses().registryUrl() + "/subjects"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
