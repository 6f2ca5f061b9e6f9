package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway refuses a database if a migration that ran in it has another name or other bytes now. */
class MigrationsTest {

    private static final Map<String, Integer> RELEASED = new LinkedHashMap<>();

    static {
        RELEASED.put("V1__facts_and_deals.sql", 779_378_705);
        RELEASED.put("V2__effects.sql", -628_742_184);
        RELEASED.put("V3__folds_that_fail.sql", 514_908_884);
        RELEASED.put("V4__compact_state.sql", -401_951_352);
        RELEASED.put("V5__publishing.sql", 1_106_288_993);
        RELEASED.put("V6__input_positions.sql", -1_759_430_945);
        RELEASED.put("V7__answers.sql", -179_698_831);
        RELEASED.put("V8__settings_in_use.sql", 543_843_385);
        RELEASED.put("V9__sla.sql", -1_023_981_403);
        RELEASED.put("V10__questions.sql", -153_965_003);
        RELEASED.put("V16__lists.sql", 119_489_353);
        RELEASED.put("V11__revisions.sql", 173_785_259);
        RELEASED.put("V12__as_of.sql", 563_234_638);
        RELEASED.put("V14__operations.sql", 99_340_505);
        RELEASED.put("V13__orphan_inbox.sql", 1_543_132_944);
        RELEASED.put("V15__what_if.sql", -1_123_080_899);
    }

    @Test
    void released_migrations_keep_their_names_and_their_bytes() {
        Map<String, Integer> ran = new LinkedHashMap<>();
        try (Database database = Database.create()) {
            database.jdbc()
                    .sql("SELECT script, checksum FROM flyway_schema_history WHERE checksum IS NOT NULL")
                    .query((row, _) -> ran.put(row.getString(1), row.getInt(2)))
                    .list();
        }

        assertThat(ran).containsAllEntriesOf(RELEASED);
    }

    @Test
    void a_database_migrated_from_another_location_has_nothing_left_to_migrate(@TempDir Path directory)
            throws IOException {
        // given
        for (String script : RELEASED.keySet()) {
            try (InputStream bytes =
                    MigrationsTest.class.getResourceAsStream("/masterdeal/service/migrations/" + script)) {
                Files.copy(Objects.requireNonNull(bytes, script), directory.resolve(script));
            }
        }
        assertThat(flyway("filesystem:" + directory).migrate().migrationsExecuted)
                .isGreaterThanOrEqualTo(RELEASED.size());

        // when
        var upgraded = flyway("classpath:masterdeal/service/migrations").migrate();

        // then
        assertThat(upgraded.success).isTrue();
        assertThat(upgraded.migrationsExecuted).isZero();
    }

    private static Flyway flyway(String location) {
        LocalAddresses at = TestServers.get().addresses();
        return Flyway.configure()
                .dataSource(at.jdbcUrl(), at.postgresUser(), at.postgresPassword())
                .locations(location, "classpath:masterdeal/queue/migrations")
                .schemas("migrated_elsewhere")
                .defaultSchema("migrated_elsewhere")
                .load();
    }
}
