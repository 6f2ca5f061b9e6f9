package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Effects that are over are kept for a time, and then deleted. */
class EffectRetentionTest extends EffectCase {

    private static final int BATCH = 3;

    private EffectRetention retention(int keepDays) {
        return new EffectRetention(database.dataSource(), keepDays, REACTIONS, BATCH, registry);
    }

    /** Effects of one fact each, written so many days ago, and not changed since. */
    private UUID effect(String state, int days) {
        Fact brief = brief("crm:deal:" + state + "-" + days);
        add(brief);
        UUID id = effect(brief.subject().value(), brief);
        jdbc().sql("UPDATE effects SET state = ?, created_at = now() - ? * interval '1 day',"
                        + " updated_at = now() - ? * interval '1 day' WHERE id = ?")
                .params(state, days, days, id)
                .update();
        return id;
    }

    private static List<UUID> left() {
        return jdbc().sql("SELECT id FROM effects")
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    private double deleted() {
        return registry.get("masterdeal.effects.deleted").counter().count();
    }

    @Test
    void what_has_been_over_for_longer_than_it_is_kept_goes_and_all_else_stays() {
        // given
        List<UUID> staying = List.of(
                effect("pending", 400),
                effect("done", 89),
                effect("failed", 89),
                effect("suppressed", 1),
                effect("failed", 300));
        jdbc().sql("UPDATE effects SET updated_at = now() - interval '2 days' WHERE id = ?")
                .param(staying.getLast())
                .update(); // It was released, and failed again.
        effect("done", 91);
        effect("failed", 92);
        effect("suppressed", 93);
        for (int i = 0; i < 2 * BATCH + 1; i++) {
            effect("done", 100 + i);
        }

        // when
        long gone = retention(90).sweep();

        // then
        assertThat(gone).isEqualTo(2 * BATCH + 4);
        assertThat(deleted()).isEqualTo(2 * BATCH + 4);
        assertThat(left()).containsExactlyInAnyOrderElementsOf(staying);
    }

    @Test
    void what_was_deleted_is_not_asked_again_when_its_event_is_told_again() {
        // given
        Fact brief = brief("crm:deal:D-1");
        add(brief);
        jdbc().sql("UPDATE effects SET state = 'done', created_at = now() - interval '91 days',"
                        + " updated_at = now() - interval '91 days'")
                .update();

        // when
        retention(90).sweep();
        add(brief);

        // then
        assertThat(left()).isEmpty();
    }

    /** Its reactions react for two days at most: an event that could still be reacted to must find that it was. */
    @Test
    void an_effect_is_kept_as_long_as_a_reaction_would_react_to_its_event() {
        // given
        UUID young = effect("done", 1);
        effect("done", 3);

        // when
        retention(1).sweep();

        // then
        assertThat(left()).containsExactly(young);
    }

    @Test
    void the_effect_of_a_task_stays_as_long_as_what_was_told_holds() {
        // given
        UUID standing = task("done", 400, "told");
        UUID closing = task("pending", 400, "retracted");
        task("done", 400, "retracted");
        task("suppressed", 400, null);
        UUID young = task("done", 3, null);

        // when
        long gone = retention(90).sweep();

        // then
        assertThat(gone).isEqualTo(2);
        assertThat(left()).containsExactlyInAnyOrder(standing, closing, young);
    }

    private static UUID task(String state, int days, @Nullable String statement) {
        UUID id = UUID.randomUUID();
        UUID deal = deal("crm:deal:D-1");
        jdbc().sql(
                        "INSERT INTO effects (id, reaction, deal_id, state, task, wanted, created_at, updated_at)"
                                + " SELECT ?, 'sla-task', ?, ?, '{}', 'open', t, t FROM (SELECT now() - ? * interval '1 day') AS a (t)")
                .params(id, deal, state, days)
                .update();
        if (statement != null) {
            jdbc().sql(
                            "INSERT INTO sla_statements (deal_id, policy, object, started_at, kind, percent, at, state, task)"
                                    + " VALUES (?, 'p', '', now(), 'breached', 100, now(), ?, ?)")
                    .params(deal, statement, id)
                    .update();
        }
        return id;
    }

    @Test
    void while_one_process_deletes_another_one_does_not() throws SQLException {
        // given
        effect("done", 91);
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(" + EffectTable.RETENTION_LOCK + ", hashtext(current_schema()))");

            // when
            assertThat(retention(90).sweep()).isZero();

            // then
            assertThat(left()).hasSize(1);
            statement.execute("SELECT pg_advisory_unlock_all()");
        }
        assertThat(retention(90).sweep()).isEqualTo(1);
    }

    @Test
    void it_begins_with_the_start_and_ends_when_it_is_stopped() throws InterruptedException {
        // given
        effect("done", 91);
        EffectRetention retention = retention(90);

        // when
        retention.start();

        // then
        await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
        retention.stop();
        effect("done", 92);
        assertThat(retention.sweep()).isZero();
    }

    @Test
    void with_0_days_all_are_kept_and_other_numbers_are_refused() throws InterruptedException {
        // given
        effect("done", 3000);
        EffectRetention retention = retention(0);

        // when
        retention.start();
        retention.stop();

        // then
        assertThat(left()).hasSize(1);
        assertThatThrownBy(() -> retention(-1)).hasMessage("masterdeal.effects.keep-days is 0 to 36500, not -1");
    }
}
