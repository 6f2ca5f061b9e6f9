package io.masterdeal.testbed.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.Part;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what the tests of one JVM left in a set of servers, so that the next JVM finds it like new. */
final class ServerCleanup {

    private static final Logger log = LoggerFactory.getLogger(ServerCleanup.class);

    private static final String SUPERUSER = "postgres";

    private final ServerSet set;

    ServerCleanup(ServerSet set) {
        this.set = set;
    }

    /**
     * Starts what was stopped and removes databases, topics, groups and subjects.
     *
     * @throws Exception if anything cannot be removed: the set is not like new, and no other test may have it
     */
    void clean() throws Exception {
        for (Part part : Part.values()) {
            set.start(part);
        }
        cleanData();
        cleanRegistry();
    }

    /** Removes databases, topics and groups; the registry may know schemas that nobody uses. */
    void cleanData() throws IOException, SQLException, InterruptedException {
        cleanPostgres();
        try {
            cleanKafka();
        } catch (ExecutionException e) {
            // A process that was killed stays a member of its group for a while.
            log.info("Kafka is started again, since it cannot be cleaned: {}", e.toString());
            set.renewKafka();
        }
    }

    private void cleanPostgres() throws IOException, SQLException {
        LocalAddresses at = set.addresses(Part.POSTGRESQL);
        try (Connection connection = DriverManager.getConnection(at.jdbcUrl(), SUPERUSER, set.superuserPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND backend_type IN ('client backend', 'walsender')");
            // The process of a slot ends a moment after it was told to.
            statement.execute("""
                    DO $$ BEGIN
                      FOR i IN 1..100 LOOP
                        EXIT WHEN NOT EXISTS (SELECT FROM pg_replication_slots WHERE active);
                        PERFORM pg_sleep(0.05);
                      END LOOP;
                    END $$""");
            statement.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
            for (String database : texts(
                    statement,
                    "SELECT quote_ident(datname) FROM pg_database WHERE datname LIKE '" + TestServers.DATABASES
                            + "%'")) {
                statement.execute("DROP DATABASE " + database + " WITH (FORCE)");
            }
            statement.execute("ALTER SYSTEM RESET ALL");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private void cleanKafka() throws InterruptedException, ExecutionException {
        LocalAddresses at = set.addresses(Part.KAFKA);
        Map<String, Object> client = new HashMap<>(at.kafkaClientProperties());
        client.put("bootstrap.servers", at.kafkaBootstrapServers());
        try (Admin admin = Admin.create(client)) {
            List<GroupListing> groups = List.copyOf(admin.listGroups().all().get());
            admin.deleteShareGroups(ids(groups, true)).all().get();
            admin.deleteConsumerGroups(ids(groups, false)).all().get();
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            // The broker learns a moment after the controller what is gone, and until then a topic of the same name
            // fails.
            while (!admin.listTopics().names().get().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static List<String> ids(List<GroupListing> groups, boolean share) {
        return groups.stream()
                .filter(group -> group.type().filter(GroupType.SHARE::equals).isPresent() == share)
                .map(GroupListing::groupId)
                .toList();
    }

    private void cleanRegistry() throws IOException, InterruptedException {
        URI registry = set.addresses(Part.REGISTRY).registryUrl();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String subjects = send(http, registry + "/subjects", "GET");
            List<String> names = Arrays.stream(
                            subjects.replaceAll("[\\[\\]\"]", "").split(","))
                    .filter(name -> !name.isEmpty())
                    .toList();
            for (String name : names) {
                String subject = registry + "/subjects/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
                send(http, subject, "DELETE");
                send(http, subject + "?permanent=true", "DELETE");
            }
        }
    }

    private static String send(HttpClient http, String url, String method) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    method + " " + url + " is answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
