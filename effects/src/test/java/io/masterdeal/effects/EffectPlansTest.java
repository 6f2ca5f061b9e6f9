package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.effects.EffectQueries.Place;
import io.masterdeal.effects.EffectQueries.Placed;
import io.masterdeal.facts.CurrentDeal;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.OperatorActions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a question about effects costs does not grow with how many there are. */
class EffectPlansTest {

    private static final UUID NO_DEAL = new UUID(7, 7);

    @Test
    void effects_by_page_by_state_and_by_deal_and_what_is_decided_about_them() throws SQLException {
        try (Database database = Database.create()) {
            // given
            ManyDeals.load(database);
            UUID operation = addActions(database);
            Plans plans = new Plans(database);
            EffectQueries effects = new EffectQueries(Readers.over(plans.watched()));
            UUID deal = UUID.fromString(database.jdbc()
                    .sql("SELECT md5('deal7777')::uuid::text")
                    .query((row, _) -> row.getString(1))
                    .single());
            Place middle =
                    new Place(Instant.now().minusSeconds(ManyDeals.COUNT / 2).toEpochMilli() * 1000, new UUID(0, 0));

            // then
            List<EffectState> states = List.of(EffectState.DONE, EffectState.PENDING, EffectState.FAILED);
            for (@Nullable Place after : new @Nullable Place[] {null, middle}) {
                assertCheap(plans, effects.list(null, null, null, after, 101), 101);
                for (EffectState state : states) {
                    List<Placed> found = effects.list(state, null, null, after, 5);
                    assertCheap(plans, found, 5);
                    assertThat(found).allMatch(it -> it.view().state().equals(state.text()));
                }
            }
            assertCheap(plans, effects.list(null, deal, null, null, 101), 1);
            assertCheap(plans, effects.list(null, NO_DEAL, null, null, 101), 0);
            AskedOfSystems asked =
                    new AskedOfSystems(Readers.over(plans.watched()), new EffectsConfiguration.InUse(List.of()));
            assertCheap(plans, asked.of(deal, 50), 1);
            assertCheap(plans, effects.list(null, null, "media:mediaplan:7777", null, 101), 1);
            assertCheap(plans, effects.list(null, null, "crm:deal:7777", null, 101), 1);
            assertCheap(plans, effects.list(EffectState.DONE, null, "docflow:contract:FRAME", null, 101), 19);
            assertCheap(plans, effects.list(null, null, "nothing:at:all", null, 101), 0);
            assertDecisionsAreCheap(plans, operation, deal);
        }
    }

    private static UUID addActions(Database database) {
        database.jdbc()
                .sql("INSERT INTO operator_actions (action, selection, reason, acted_by, principal, acted_at, items)"
                        + " SELECT 'rebuild', '{}', 'a test', 'operator', 'operator', now() - i * interval '1 minute', 1"
                        + " FROM generate_series(1, 5000) AS i")
                .update();
        UUID operation = database.jdbc()
                .sql(
                        "INSERT INTO operations (id, action, selection, reason, acted_by, principal, most)"
                                + " VALUES (gen_random_uuid(), 'release', '{}', 'a test', 'operator', 'operator', 1) RETURNING id")
                .query(UUID.class)
                .single();
        database.jdbc()
                .sql("INSERT INTO operation_items (operation, number, effect_id, result)"
                        + " SELECT ?, row_number() OVER (ORDER BY id), id, 'released' FROM effects")
                .param(operation)
                .update();
        database.jdbc().sql("ANALYZE operator_actions, operation_items").update();
        return operation;
    }

    private static void assertDecisionsAreCheap(Plans plans, UUID operation, UUID deal) throws SQLException {
        EffectWork work = new EffectWork((_, _) -> {});
        var actions = new OperatorActions(new OperatorActions.Columns("acted_by", "acted_at", "items"));
        new Transactions(plans.watched(), new SimpleMeterRegistry()).runByKeys(connection -> {
            Sql sql = new Sql(connection);
            var failed = new EffectSelection(null, null, null, null, null);
            assertThat(work.choose(sql, failed, null, 5, false)).hasSize(5);
            assertCheap(plans);
            var ofDeal = new EffectSelection(null, null, null, deal, null);
            work.choose(sql, ofDeal, null, 5, false);
            assertCheap(plans);
            assertThat(work.items(sql, operation, 700, 101)).hasSize(101);
            assertCheap(plans);
            var all = new OperatorActions.Filter(null, null, null, null, null);
            assertThat(actions.list(sql, all, 100).items()).hasSize(100);
            assertCheap(plans);
            Instant day = Instant.now().minus(Duration.ofDays(1));
            var some = new OperatorActions.Filter(day.minusSeconds(600), day, "Anna Reed", null, null);
            assertThat(actions.list(sql, some, 100).items()).isEmpty();
            assertCheap(plans);
            return true;
        });
    }

    @Test
    void what_tasks_are_closed_and_which_object_is_a_task_of_ours() throws Exception {
        try (Database database = Database.create()) {
            // given
            ManyDeals.load(database);
            database.jdbc()
                    .sql("INSERT INTO effects (id, reaction, deal_id, state, task, wanted)"
                            + " SELECT md5('task' || i)::uuid, 'sla-task', md5('deal' || i)::uuid, 'done', '{}', 'open'"
                            + " FROM generate_series(1, 1000) AS i")
                    .update();
            List<UUID> some = database.jdbc()
                    .sql("SELECT id FROM effects WHERE task IS NOT NULL LIMIT 5")
                    .query((row, _) -> row.getObject(1, UUID.class))
                    .list();
            Plans plans = new Plans(database);
            SlaTaskWriter writer = new SlaTaskWriter(
                    SlaTaskCase.NO_QUEUE, true, Duration.ofSeconds(30), new EffectMeters(new SimpleMeterRegistry()));

            // then
            try (Connection connection = plans.watched().getConnection()) {
                connection.setAutoCommit(false);
                assertThat(writer.write(connection, List.of(), some)).isZero();
                assertCheap(plans);
                assertThat(CurrentDeal.attribute(connection, List.of(new ObjectKey("media:mediaplan:7")), "origin"))
                        .isEmpty();
                assertCheap(plans);
                connection.rollback();
            }
        }
    }

    private static void assertCheap(Plans plans, List<?> found, int expected) {
        assertThat(found).hasSize(expected);
        assertCheap(plans);
    }

    private static void assertCheap(Plans plans) {
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(1_000);
        plans.forget();
    }
}
