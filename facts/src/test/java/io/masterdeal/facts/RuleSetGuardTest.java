package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.settings.SettingGuard;
import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.facts.settings.SettingRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the announcement of a rule set when the connection that holds it breaks. */
class RuleSetGuardTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<String> told = new CopyOnWriteArrayList<>();

    private Database database;

    private SettingGuard guard;

    @BeforeEach
    void hold() {
        database = Database.create();
        guard = guard("ours@1");
        guard.start();
    }

    private SettingGuard guard(String ruleSet) {
        return new SettingGuard(
                database.dataSource(),
                new ActiveRuleSet(ruleSet, "", ActiveRuleSet.Check.NONE),
                SettingGuard.AtStart.REFUSE,
                () -> {},
                told::add);
    }

    @AfterEach
    void let_go() throws Exception {
        guard.stop();
        guard.letGo();
        database.close();
    }

    @Test
    void it_is_announced_again_if_no_process_brought_another_one() {
        // given
        List<Integer> before = holders();
        assertThat(before).hasSize(1);

        // when
        terminate(before);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(holders()).hasSize(1).doesNotContainAnyElementsOf(before));
        assertThat(told).isEmpty();
    }

    @Test
    void a_process_whose_rule_set_was_replaced_meanwhile_is_told_and_does_not_take_it_back() throws Exception {
        // when
        terminate(holders());
        try (SettingInUse _ = SettingInUse.announce(
                database.dataSource().getConnection(), new ActiveRuleSet("theirs@1", "", ActiveRuleSet.Check.NONE))) {

            // then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).hasSize(1));
            assertThat(told.getFirst()).contains("theirs@1", "ours@1");
            assertThat(database.jdbc()
                            .sql("SELECT rule_set FROM active_rules")
                            .query(String.class)
                            .single())
                    .isEqualTo("theirs@1");
        }
    }

    @Test
    void a_process_with_another_rule_set_does_not_start_and_keeps_no_connection() {
        SettingGuard other = guard("theirs@1");

        assertThatThrownBy(other::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("theirs@1")
                .hasMessageContaining("ours@1");
        assertThat(database.activeConnections()).isEqualTo(1);
    }

    @Test
    void a_rule_set_that_is_refused_stops_the_start_with_the_reason() throws Exception {
        guard.stop();
        guard.letGo();
        ActiveRuleSet refused = new ActiveRuleSet("theirs@1", "", (_, before) -> {
            throw new SettingRefusedException("too many deals move from " + before);
        });
        SettingGuard other =
                new SettingGuard(database.dataSource(), refused, SettingGuard.AtStart.REFUSE, () -> {}, told::add);

        assertThatThrownBy(other::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("too many deals move from ours@1");
        assertThat(database.activeConnections()).isZero();
        assertThat(holders()).isEmpty();
    }

    /** The sessions that hold the lock of this schema. */
    private List<Integer> holders() {
        return database.jdbc()
                .sql("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 1835270145"
                        + " AND objid = (hashtext(?)::bigint & 4294967295)")
                .param(database.schema())
                .query((row, _) -> row.getInt(1))
                .list();
    }

    private void terminate(List<Integer> sessions) {
        sessions.forEach(pid -> database.jdbc()
                .sql("SELECT pg_terminate_backend(?)")
                .param(pid)
                .query((row, _) -> row.getBoolean(1))
                .single());
    }
}
