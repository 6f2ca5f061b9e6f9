package io.masterdeal.facts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.facts.servers.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of several processes may work, if their catalogs or reactions differ. */
class SettingGuardTest {

    private static final WorkSettings OLD = new WorkSettings("catalog-1", "reactions-1", true);

    private static final Duration SOON = Duration.ofMillis(50);

    private static Database database;

    private final List<String> happened = new CopyOnWriteArrayList<>();

    private final List<SettingGuard> guards = new ArrayList<>();

    @BeforeAll
    static void make_a_schema() {
        database = Database.create();
    }

    @AfterAll
    static void drop_it() {
        database.close();
    }

    @BeforeEach
    void start_from_nothing() {
        database.clear();
    }

    @AfterEach
    void end_all() throws InterruptedException {
        for (SettingGuard guard : guards) {
            end(guard);
        }
    }

    private SettingGuard process(String name, WorkSettings settings) {
        SettingGuard guard = new SettingGuard(
                database.dataSource(),
                settings,
                SettingGuard.AtStart.STAND_BY,
                SOON,
                () -> happened.add(name + " works"),
                why -> happened.add(name + " stops: " + why));
        guards.add(guard);
        guard.start();
        return guard;
    }

    private static void end(SettingGuard guard) throws InterruptedException {
        guard.stop();
        guard.letGo();
    }

    private static String inUse() {
        return database.jdbc()
                .sql("SELECT concat_ws(' ', catalog, reactions, sends) FROM active_settings")
                .query((row, _) -> row.getString(1))
                .single();
    }

    @Test
    void processes_with_the_same_settings_work_side_by_side() {
        process("one", OLD);
        process("other", OLD);

        assertThat(happened).containsExactly("one works", "other works");
    }

    @Test
    void one_with_another_catalog_stands_by_and_says_why_and_works_when_the_others_have_ended() throws Exception {
        // given
        SettingGuard old = process("old", OLD);

        // when
        SettingGuard newer = process("newer", new WorkSettings("catalog-2", "reactions-1", true));

        // then
        assertThat(newer.standsBy())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith(
                                "another service process works with another catalog of events (masterdeal.catalog"));
        assertThat(happened).containsExactly("old works");
        assertThat(inUse()).isEqualTo("catalog-1 reactions-1 t");

        // when
        end(old);

        // then
        await().untilAsserted(() -> assertThat(happened).containsExactly("old works", "newer works"));
        assertThat(newer.standsBy()).isEmpty();
        assertThat(inUse()).isEqualTo("catalog-2 reactions-1 t");
    }

    @Test
    void one_with_other_reactions_stands_by() {
        process("old", OLD);

        SettingGuard other = process("other", new WorkSettings("catalog-1", "none", true));

        assertThat(other.standsBy())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("another service process works with other reactions (masterdeal.reactions)"));
        assertThat(happened).containsExactly("old works");
    }

    @Test
    void one_that_lost_its_connection_and_finds_other_settings_has_to_stop() throws Exception {
        // given
        process("old", OLD);
        List<Integer> sessions = holders();
        assertThat(sessions).hasSize(1);

        // when
        terminate(sessions);
        SettingInUse theirs = null;
        try (var connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("UPDATE active_settings SET reactions = 'reactions-2'");
            theirs = SettingInUse.announce(
                    database.dataSource().getConnection(), new WorkSettings("catalog-1", "reactions-2", true));

            // then
            await().untilAsserted(() -> assertThat(happened).hasSize(2));
            assertThat(happened.getLast()).startsWith("old stops: another service process works with other reactions");
        } finally {
            if (theirs != null) {
                theirs.close();
            }
        }
    }

    @Test
    void that_one_has_a_gateway_is_remembered_until_the_reactions_are_others() throws Exception {
        SettingGuard with = process("with", OLD);
        SettingGuard without = process("without", new WorkSettings("catalog-1", "reactions-1", false));
        assertThat(inUse()).isEqualTo("catalog-1 reactions-1 t");

        end(with);
        end(without);
        end(process("again without", new WorkSettings("catalog-1", "reactions-1", false)));
        assertThat(inUse()).isEqualTo("catalog-1 reactions-1 t");

        process("without reactions", new WorkSettings("catalog-1", "none", false));
        assertThat(inUse()).isEqualTo("catalog-1 none f");
    }

    private static List<Integer> holders() {
        return database.jdbc()
                .sql("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 1835270149"
                        + " AND objid = (hashtext(?)::bigint & 4294967295)")
                .param(database.schema())
                .query((row, _) -> row.getInt(1))
                .list();
    }

    private static void terminate(List<Integer> sessions) {
        sessions.forEach(pid -> database.jdbc()
                .sql("SELECT pg_terminate_backend(?)")
                .param(pid)
                .query((row, _) -> row.getBoolean(1))
                .single());
    }
}
