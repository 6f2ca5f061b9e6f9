package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.crash.history.Verdict;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.crash.workload.RandomDeals;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The relay's replication slot is dropped while events come in: what was lost with it is reported, and published again. */
class LostSlotTest {

    private static final String OBJECT_IN_USE = "55006";

    private final CrashPlatform platform;

    LostSlotTest() throws Exception {
        platform = SharedPlatform.get();
    }

    @Test
    void a_slot_dropped_under_load_is_an_incident_and_every_deal_is_published_again() throws Exception {
        // given
        int incidents = incidents();
        try (Load load = new Load(platform, RandomDeals.generate("slot", 100, 5), 6)) {
            load.sendShare();
            load.sendShare();
            int facts = facts();
            await("some of it is stored").atMost(Duration.ofMinutes(2)).until(() -> facts() > facts);

            // when
            dropSlot();
            load.finish();
        }

        // then
        SharedPlatform.assertSound(platform, "after a lost slot");
        assertThat(incidents()).isEqualTo(incidents + 1);
        for (SupervisedRole service : platform.services()) {
            assertThat(platform.ask(service, "/relay")).contains("Replication slot masterdeal_service is missing");
            assertThat(platform.ask(service, "/actuator/prometheus").lines())
                    .anyMatch(line -> line.matches("masterdeal_relay_incidents(\\{.*})? " + (incidents + 1) + "\\.0"));
        }
        assertThat(logs())
                .contains("Replication slot masterdeal_service is missing: events committed since may not have been"
                        + " published. A new slot is made, and every deal is published anew as a snapshot.");
    }

    @Test
    void after_a_republish_the_last_event_of_every_deal_equals_its_answer() throws Exception {
        // given
        try (Load load = new Load(platform, RandomDeals.generate("republish", 20, 6), 2)) {
            load.finish();
        }
        CrashRun run = new CrashRun(platform);
        run.settle();
        Verdict before = run.verdict();

        // when
        platform.client("operator").post("/operations/republish");

        // then
        SharedPlatform.assertSound(platform, "after a republish");
        Verdict after = run.verdict();
        assertThat(after.snapshots() - before.snapshots()).isEqualTo(after.deals());
    }

    private void dropSlot() throws SQLException {
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                        + " WHERE slot_name = 'masterdeal_service' AND active");
                try {
                    statement.execute("SELECT pg_drop_replication_slot('masterdeal_service')");
                    return;
                } catch (SQLException e) {
                    // The relay has come back already.
                    if (!OBJECT_IN_USE.equals(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        }
    }

    private int incidents() throws SQLException {
        return Integer.parseInt(platform.query("SELECT count(*) FROM relay_incidents"));
    }

    private int facts() throws SQLException {
        return Integer.parseInt(platform.query("SELECT count(*) FROM facts"));
    }

    private String logs() throws Exception {
        StringBuilder logs = new StringBuilder();
        for (SupervisedRole service : platform.services()) {
            logs.append(Files.readString(service.log()));
        }
        return logs.toString();
    }
}
