package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.app.platform.ExternalParts;
import io.masterdeal.app.platform.Platform;
import io.masterdeal.app.platform.PlatformOptions;
import io.masterdeal.app.platform.Role;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.PostgresLogin;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL of the user's own: with one login for all roles, and then with one for each, by what docs/run.md says. */
class LoginsTest {

    private static final Logger log = LoggerFactory.getLogger(LoginsTest.class);

    private static final String SUPERUSER = "logins_test_superuser";

    private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    private static final String OWNERS = """
            SELECT DISTINCT schemaname || ' ' || tableowner FROM pg_tables WHERE schemaname IN ('service', 'router')
            UNION SELECT nspname || ' ' || pg_get_userbyid(proowner)
                FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname IN ('service', 'router')
            UNION SELECT schemaname || ' ' || sequenceowner
                FROM pg_sequences WHERE schemaname IN ('service', 'router')
            ORDER BY 1
            """;

    @TempDir
    private Path folder;

    private final String url = TestServers.get().createDatabase("logins");

    private final String database = url.substring(url.lastIndexOf('/') + 1);

    @BeforeEach
    void make_a_superuser_for_this_database() throws SQLException {
        try (Connection superuser = TestServers.get().superuser()) {
            execute(superuser, "CREATE ROLE " + SUPERUSER + " SUPERUSER LOGIN PASSWORD '" + SUPERUSER + "'");
        }
    }

    @AfterEach
    void drop_what_is_of_the_whole_server() throws SQLException {
        try (Connection superuser = TestServers.get().superuser()) {
            execute(
                    superuser,
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'logins_test'",
                    "DROP DATABASE " + database + " WITH (FORCE)",
                    "DROP ROLE IF EXISTS masterdeal_service, masterdeal_router, masterdeal_console, " + SUPERUSER);
        }
    }

    @Test
    void a_database_with_one_login_gets_one_for_each_role_by_the_sql_that_is_documented() throws Exception {
        // given
        LocalAddresses at = TestServers.get().addresses();
        try (Platform _ = start(Map.of())) {
            assertThat(usedLogins()).containsExactly(at.postgresUser());
            assertThat(owners()).containsExactly("router " + at.postgresUser(), "service " + at.postgresUser());
        }

        // when
        List<String> documented = documented();
        try (Connection superuser = superuser()) {
            for (String sql : documented) {
                execute(superuser, sql);
            }
        }

        // then
        Map<Role, PostgresLogin> logins = Map.of(
                Role.SERVICE, new PostgresLogin("masterdeal_service", "a long password"),
                Role.ROUTER, new PostgresLogin("masterdeal_router", "another long password"));
        try (Platform _ = start(logins)) {
            assertThat(usedLogins()).containsExactly("masterdeal_router", "masterdeal_service");
            assertThat(owners()).containsExactly("router masterdeal_router", "service masterdeal_service");
        }
        assertRefused("masterdeal_service", "a long password", "router.positions");
        assertRefused("masterdeal_router", "another long password", "service.facts");
    }

    private Platform start(Map<Role, PostgresLogin> logins) {
        LocalAddresses at = TestServers.get().addresses();
        boolean one = logins.isEmpty();
        return Platform.start(
                new PlatformOptions(
                        folder.resolve("data"),
                        Set.of(Role.SERVICE, Role.ROUTER),
                        Map.of(),
                        "default",
                        new ExternalParts(
                                at.kafkaBootstrapServers(),
                                at.kafkaClientProperties(),
                                url,
                                one ? at.postgresUser() : null,
                                one ? at.postgresPassword() : null,
                                at.registryUrl().toString(),
                                logins),
                        // Other tests of this JVM have a platform that takes events in.
                        Map.of("masterdeal.intake.enabled", "false", "masterdeal.relay.slot", "logins_test")),
                log::info);
    }

    /** The blocks of SQL in docs/run.md, for this database. */
    private List<String> documented() throws IOException {
        String text = Files.readString(TestPlatform.home().resolve("docs").resolve("run.md"));
        List<String> blocks =
                SQL.matcher(text).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSize(2);
        return blocks.stream()
                .map(block -> block.replace("DATABASE masterdeal", "DATABASE " + database))
                .toList();
    }

    private void assertRefused(String login, String password, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, login, password)) {
            assertThatThrownBy(() -> execute(connection, "SELECT * FROM " + table))
                    .hasMessageContaining("permission denied for schema");
            assertThatThrownBy(() -> execute(connection, "DROP TABLE " + table))
                    .hasMessageContaining("permission denied for schema");
        }
    }

    private List<String> usedLogins() throws SQLException {
        return texts("SELECT DISTINCT usename::text FROM pg_stat_activity WHERE datname = current_database()"
                + " AND usename <> '" + SUPERUSER + "' ORDER BY 1");
    }

    private List<String> owners() throws SQLException {
        return texts(OWNERS);
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(url, SUPERUSER, SUPERUSER);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
