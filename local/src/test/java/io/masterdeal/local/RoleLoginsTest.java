package io.masterdeal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGProperty;

/** Roles in one database with a login each, from the first start on or after an earlier version gave them one login. */
class RoleLoginsTest {
    private static final DatabaseRole SERVICE = new DatabaseRole("service", "service", true);
    private static final DatabaseRole ROUTER = new DatabaseRole("router", "router", false);

    private static final String DENIED = "permission denied for schema ";

    /** Everything in the two schemas, with its owner, where that is not the owner of the schema. */
    private static final String STRANGERS = """
            SELECT n.nspname || '.' || name || ' is ' || pg_get_userbyid(owner) || '''s' FROM (
                SELECT relnamespace AS schema, relname AS name, relowner AS owner FROM pg_class
                UNION ALL SELECT pronamespace, proname, proowner FROM pg_proc
                UNION ALL SELECT typnamespace, typname, typowner FROM pg_type) o
            JOIN pg_namespace n ON n.oid = o.schema
            WHERE n.nspname IN ('service', 'router')
                AND (owner <> nspowner OR pg_get_userbyid(nspowner) <> 'masterdeal_' || nspname)
            """;

    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private LocalOptions options(DatabaseRole... roles) {
        told.clear();
        return LocalOptions.in(directory)
                .withParts(Set.of(Part.POSTGRESQL))
                .withDatabaseRoles(Set.of(roles))
                .withProgress(told::add);
    }

    @Test
    void each_login_owns_its_schema_and_is_refused_in_that_of_the_other() throws Exception {
        try (LocalInfrastructure postgres = LocalInfrastructure.start(options(SERVICE, ROUTER));
                Connection service = connect(postgres, "service");
                Connection router = connect(postgres, "router")) {
            // given
            execute(service, "CREATE TABLE service.facts (id int)", "INSERT INTO service.facts VALUES (7)");
            execute(service, "CREATE PUBLICATION masterdeal_service");
            execute(service, "SELECT pg_create_logical_replication_slot('masterdeal_service', 'pgoutput')");
            execute(router, "CREATE TABLE router.positions (id int)", "INSERT INTO router.positions VALUES (8)");

            // then
            assertThatLimitsHold(postgres);
            for (String refused : List.of(
                    "SELECT * FROM service.facts",
                    "INSERT INTO service.facts VALUES (9)",
                    "DROP TABLE service.facts",
                    "CREATE TABLE service.mine (id int)")) {
                assertThatThrownBy(() -> execute(router, refused)).as(refused).hasMessageContaining(DENIED + "service");
            }
            assertThatThrownBy(() -> execute(service, "SELECT * FROM router.positions"))
                    .hasMessageContaining(DENIED + "router");
            assertThatThrownBy(() -> execute(service, "DROP SCHEMA router CASCADE"))
                    .hasMessageContaining("must be owner of schema router");
            assertThatThrownBy(() -> execute(router, "SET ROLE masterdeal_service"))
                    .hasMessageContaining("permission denied to set role");
            assertThatTheSlotIsNotTheRouters(postgres, service, router);
        }
    }

    private static void assertThatLimitsHold(LocalInfrastructure postgres) throws SQLException {
        try (Connection people = connect(postgres, postgres.login("service"), false)) {
            assertThat(texts(people, """
                    SELECT rolname FROM pg_roles WHERE rolname <> 'postgres'
                        AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)
                    """)).isEmpty();
            assertThat(texts(people, "SELECT rolname FROM pg_roles WHERE rolreplication AND NOT rolsuper"))
                    .containsExactly("masterdeal_service");
            assertThat(texts(people, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'masterdeal'"))
                    .containsExactly("masterdeal");
            assertThat(texts(people, """
                    SELECT roleid::regrole FROM pg_auth_members
                    WHERE member::regrole::text LIKE 'masterdeal%' ORDER BY roleid::regrole::text
                    """)).containsExactly("pg_monitor", "pg_read_all_data");
        }
        try (Connection owner = owner(postgres)) {
            assertThat(texts(owner, "SELECT id FROM service.facts")).containsExactly("7");
            assertThatThrownBy(() -> execute(owner, "INSERT INTO service.facts VALUES (9)"))
                    .hasMessageContaining("permission denied for table facts");
        }
    }

    private static void assertThatTheSlotIsNotTheRouters(
            LocalInfrastructure postgres, Connection service, Connection router) throws SQLException {
        for (String refused : List.of(
                "SELECT pg_logical_slot_peek_binary_changes('masterdeal_service', NULL, NULL,"
                        + " 'proto_version', '1', 'publication_names', 'masterdeal_service')",
                "SELECT pg_replication_slot_advance('masterdeal_service', pg_current_wal_lsn())",
                "SELECT pg_drop_replication_slot('masterdeal_service')",
                "SELECT pg_create_logical_replication_slot('mine', 'pgoutput')")) {
            assertThatThrownBy(() -> execute(router, refused))
                    .as(refused)
                    .hasMessageContaining("permission denied to use replication slots");
        }
        assertThatThrownBy(() -> connect(postgres, postgres.login("router"), true))
                .hasMessageContaining("permission denied to start WAL sender");
        assertThatThrownBy(() -> execute(router, "CREATE PUBLICATION mine"))
                .hasMessageContaining("permission denied for database masterdeal");
        connect(postgres, postgres.login("service"), true).close();
        String session = texts(service, "SELECT pg_backend_pid()").getFirst();
        assertThatThrownBy(() -> execute(router, "SELECT pg_terminate_backend(" + session + ")"))
                .hasMessageContaining("permission denied to terminate process");
    }

    @Test
    void what_an_earlier_version_gave_to_one_login_is_handed_over_whole_and_once() throws Exception {
        // given
        String password = "as-the-earlier-version-made-it";
        try (LocalInfrastructure postgres = LocalInfrastructure.start(options())) {
            prepareAsBefore(postgres, password);
        }

        // when
        try (LocalInfrastructure postgres = LocalInfrastructure.start(options(SERVICE, ROUTER))) {
            // then
            assertThat(postgres.login("service").password()).isEqualTo(password);
            assertThat(postgres.login("router").password()).isNotEqualTo(password);
            assertThat(told).contains("PostgreSQL: the schema router now belongs to masterdeal_router");
            assertThatAllIsThere(postgres);
            assertThatSecretsAreTheOwners();
        }

        // when
        try (LocalInfrastructure postgres = LocalInfrastructure.start(options(SERVICE, ROUTER))) {
            // then
            assertThat(told).noneMatch(line -> line.contains("now belongs to"));
            assertThat(postgres.login("service").password()).isEqualTo(password);
            assertThatAllIsThere(postgres);
        }
    }

    /** One login for service and router, made by the owner of the database, as it was before each had its own. */
    private void prepareAsBefore(LocalInfrastructure postgres, String password) throws IOException, SQLException {
        OwnerOnly.write(directory.resolve("secrets").resolve("postgresql-service.password"), password);
        try (Connection owner = owner(postgres)) {
            execute(
                    owner,
                    "CREATE ROLE masterdeal_service LOGIN REPLICATION PASSWORD '" + password + "'",
                    "GRANT CONNECT, CREATE ON DATABASE masterdeal TO masterdeal_service",
                    "CREATE SCHEMA of_people",
                    "CREATE TABLE of_people.notes AS SELECT 'keep' AS note");
        }
        PostgresLogin before = new PostgresLogin("masterdeal_service", password);
        try (Connection one = connect(postgres, before, false)) {
            for (String schema : List.of("service", "router")) {
                execute(
                        one,
                        "CREATE SCHEMA " + schema,
                        "SET search_path = " + schema,
                        "CREATE TABLE facts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"Odd name\" text)",
                        "CREATE TABLE lines (at date NOT NULL, n serial) PARTITION BY RANGE (at)",
                        "CREATE TABLE lines_2026 PARTITION OF lines FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                        "CREATE INDEX ON lines (n)",
                        "CREATE SEQUENCE blocks",
                        "CREATE VIEW \"Odd view\" AS SELECT count(*) AS n FROM facts",
                        "CREATE TYPE mood AS ENUM ('ok')",
                        "CREATE FUNCTION noticed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
                        "CREATE TRIGGER noticed AFTER INSERT ON facts EXECUTE FUNCTION noticed()",
                        "INSERT INTO facts (\"Odd name\") VALUES ('kept')",
                        "INSERT INTO lines (at) VALUES ('2026-11-30')");
            }
            execute(
                    one,
                    "CREATE PUBLICATION masterdeal_service",
                    "SELECT pg_create_logical_replication_slot('masterdeal_service', 'pgoutput')");
        }
    }

    private static void assertThatAllIsThere(LocalInfrastructure postgres) throws SQLException {
        try (Connection owner = owner(postgres)) {
            assertThat(texts(owner, STRANGERS)).isEmpty();
            assertThat(texts(owner, "SELECT slot_name FROM pg_replication_slots"))
                    .containsExactly("masterdeal_service");
            assertThat(texts(owner, "SELECT pubname FROM pg_publication")).containsExactly("masterdeal_service");
            assertThat(texts(owner, "SELECT note FROM of_people.notes")).containsExactly("keep");
            execute(
                    owner,
                    "INSERT INTO of_people.notes VALUES ('keep')",
                    "DELETE FROM of_people.notes",
                    "INSERT INTO of_people.notes VALUES ('keep')");
        }
        for (String role : List.of("service", "router")) {
            try (Connection own = connect(postgres, role)) {
                assertThat(texts(own, "SELECT DISTINCT \"Odd name\" FROM " + role + ".facts"))
                        .containsExactly("kept");
                assertThat(texts(own, "SELECT DISTINCT at FROM " + role + ".lines"))
                        .containsExactly("2026-11-30");
                execute(
                        own,
                        "INSERT INTO " + role + ".facts (\"Odd name\") VALUES ('kept')",
                        "INSERT INTO " + role + ".lines (at) VALUES ('2026-11-30')",
                        "SELECT nextval('" + role + ".blocks')",
                        "ALTER TABLE " + role + ".lines ADD COLUMN IF NOT EXISTS later int",
                        "CREATE TABLE IF NOT EXISTS " + role + ".lines_2027 PARTITION OF " + role
                                + ".lines FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')");
            }
        }
        try (Connection router = connect(postgres, "router");
                Connection service = connect(postgres, "service")) {
            assertThatThrownBy(() -> execute(router, "SELECT * FROM service.facts"))
                    .hasMessageContaining(DENIED + "service");
            assertThatThrownBy(() -> execute(service, "SELECT * FROM router.facts"))
                    .hasMessageContaining(DENIED + "router");
        }
    }

    private void assertThatSecretsAreTheOwners() throws IOException {
        for (String role : List.of("service", "router")) {
            Path secret = directory.resolve("secrets").resolve("postgresql-" + role + ".password");
            assertThat(Files.getPosixFilePermissions(secret)).hasSize(2);
            assertThat(Files.readString(directory.resolve("logs").resolve("postgresql.log")))
                    .doesNotContain(Files.readString(secret));
        }
    }

    @Test
    void a_hand_over_that_breaks_off_has_handed_over_nothing_and_is_done_at_the_next_start() throws Exception {
        // given
        try (LocalInfrastructure postgres = LocalInfrastructure.start(options());
                Connection owner = owner(postgres);
                Connection superuser = connect(postgres, superuser(), false)) {
            execute(owner, "CREATE ROLE masterdeal_router", "CREATE SCHEMA router");
            execute(owner, "CREATE TABLE router.a (id int)", "CREATE TABLE router.b (id int)");
            execute(superuser, "SET lock_timeout = '200ms'");

            // when
            owner.setAutoCommit(false);
            execute(owner, "LOCK TABLE router.b");
            assertThatThrownBy(() -> SchemaOwnership.give(superuser, "router", "masterdeal_router"))
                    .hasMessageContaining("lock timeout");
            owner.rollback();

            // then
            assertThat(texts(owner, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'router'"))
                    .containsExactly("masterdeal");
        }

        // when
        try (LocalInfrastructure postgres = LocalInfrastructure.start(options(ROUTER));
                Connection router = connect(postgres, "router")) {
            // then
            assertThat(texts(router, STRANGERS)).isEmpty();
            execute(router, "DROP TABLE router.a, router.b");
        }
    }

    private PostgresLogin superuser() throws IOException {
        return new PostgresLogin(
                "postgres", Files.readString(directory.resolve("secrets").resolve("postgresql-superuser.password")));
    }

    private static Connection owner(LocalInfrastructure postgres) throws SQLException {
        LocalAddresses at = postgres.addresses();
        return connect(postgres, new PostgresLogin(at.postgresUser(), at.postgresPassword()), false);
    }

    private static Connection connect(LocalInfrastructure postgres, String role) throws SQLException {
        return connect(postgres, postgres.login(role), false);
    }

    private static Connection connect(LocalInfrastructure postgres, PostgresLogin login, boolean replication)
            throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, login.name());
        PGProperty.PASSWORD.set(properties, login.password());
        if (replication) {
            PGProperty.REPLICATION.set(properties, "database");
            PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
            PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        }
        return DriverManager.getConnection(postgres.addresses().jdbcUrl(), properties);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
