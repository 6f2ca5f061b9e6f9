package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.crash.workload.RandomDeals;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PostgreSQL takes no writes for a while, as a standby does, or a server that somebody protects. */
class ReadOnlyDatabaseTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void what_the_gateway_takes_while_the_database_is_read_only_is_stored_when_it_may_be_written() throws Exception {
        // given
        CrashPlatform platform = SharedPlatform.get();
        new CrashRun(platform).settle();
        try (Load load = new Load(platform, RandomDeals.generate("readonly", 100, 3), 4)) {
            load.sendShare();
            setReadOnly(platform, true);

            // when
            load.sendShare();

            // then
            await("a service says that it waits").atMost(PATIENCE).until(() -> saysWhy(platform));
            await("what was begun before is done").atMost(PATIENCE).until(() -> nobodyWrites(platform));
            String facts = platform.query("SELECT count(*) FROM facts");

            // when
            load.sendShare();

            // then
            await("nothing more is stored")
                    .during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> platform.query("SELECT count(*) FROM facts").equals(facts));
            assertThat(platform.ask(platform.gateway(), "/actuator/health/readiness"))
                    .contains("UP");

            // when
            setReadOnly(platform, false);

            // then
            assertThat(load.finish()).isEqualTo(700);
        } finally {
            setReadOnly(platform, false);
        }
        SharedPlatform.assertSound(platform, "after the database was read-only");
        await("every service is healthy again").atMost(PATIENCE).until(() -> allReady(platform));
        assertThat(logs(platform)).contains("cannot execute").contains("in a read-only transaction");
    }

    private static boolean nobodyWrites(CrashPlatform platform) throws Exception {
        // A transaction that began before that may still write; those begun since fail, and are short.
        return platform.query("SELECT count(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL"
                        + " OR (backend_type = 'client backend' AND xact_start < now() - interval '1 second')")
                .equals("0");
    }

    private static boolean saysWhy(CrashPlatform platform) throws Exception {
        for (SupervisedRole service : platform.services()) {
            if (platform.ask(service, "/actuator/health/readiness").contains("OUT_OF_SERVICE")
                    && platform.ask(service, "/intake").contains("in a read-only transaction")) {
                return true;
            }
        }
        return false;
    }

    private static boolean allReady(CrashPlatform platform) throws Exception {
        for (SupervisedRole service : platform.services()) {
            if (!platform.ask(service, "/actuator/health/readiness").contains("\"status\":\"UP\"")
                    || platform.ask(service, "/actuator/health/readiness").contains("OUT_OF_SERVICE")) {
                return false;
            }
        }
        return true;
    }

    private static void setReadOnly(CrashPlatform platform, boolean readOnly) throws Exception {
        try (Connection connection = platform.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + (readOnly ? "on" : "off"));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String logs(CrashPlatform platform) throws Exception {
        StringBuilder logs = new StringBuilder();
        for (SupervisedRole service : platform.services()) {
            logs.append(Files.readString(service.log()));
        }
        return logs.toString();
    }
}
