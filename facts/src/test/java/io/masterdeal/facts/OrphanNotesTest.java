package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.model.Fact;
import io.masterdeal.model.Statement;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Why objects are orphans, as it changes with what is around them, and how long one stays put aside. */
class OrphanNotesTest extends FactStoreCase {

    private static final String CASE = "legal:case:1";

    private static final String CONTRACT = "docflow:contract:1";

    @Test
    void the_reason_follows_the_facts_of_the_parent() {
        // given
        add(fact(CASE, "Legal Approved", 1, CONTRACT));
        assertThat(reason(CASE)).isEqualTo("unknown_parent");

        // when
        Fact signed = fact(CONTRACT, "Contract Signed", 2);
        add(signed);

        // then
        assertThat(reason(CASE)).isEqualTo("no_root");
        assertThat(reason(CONTRACT)).isEqualTo("no_parent");
        assertAsTheModelSays();

        // when
        add(retraction(signed));

        // then
        assertThat(reason(CASE)).isEqualTo("unknown_parent");
        assertAsTheModelSays();
    }

    @Test
    void a_link_that_was_retracted_before_it_came_is_told() {
        // given
        add(fact(CASE, "Legal Approved", 1));
        Fact link = fact(CASE, null, 2, CONTRACT);

        // when
        add(retraction(link));
        assertThat(reason(CASE)).isEqualTo("no_parent");
        add(link);

        // then
        assertThat(reason(CASE)).isEqualTo("link_retracted");
        assertAsTheModelSays();
    }

    @Test
    void who_is_put_aside_stays_there_until_a_new_fact_comes() {
        // given
        Fact approved = fact(CASE, "Legal Approved", 1, CONTRACT);
        add(approved);

        // when
        assertThat(dismiss(CASE)).isTrue();

        // then
        for (Runnable change : List.<Runnable>of(
                () -> add(approved), () -> add(fact(CONTRACT, "Contract Signed", 2)), store::rebuild)) {
            change.run();
            assertThat(dismissed(CASE)).isTrue();
            assertAsTheModelSays();
        }

        // when
        add(fact(CASE, "Legal Rejected", 3));

        // then
        assertThat(dismissed(CASE)).isFalse();
        assertThat(notes()).isZero();
        assertAsTheModelSays();
    }

    @Test
    void who_got_a_deal_is_not_put_aside_when_it_loses_it() {
        // given
        Statement[] story = {fact("crm:deal:1", "Deal Created", 0), fact(CASE, "Legal Approved", 1)};
        add(story);
        dismiss(CASE);
        Fact link = fact(CASE, null, 2, "crm:deal:1");

        // when
        add(link);
        assertThat(notes()).isZero();
        assertThat(dismiss(CASE)).as("it is no orphan").isFalse();
        add(retraction(link));

        // then
        assertThat(dismissed(CASE)).isFalse();
        assertThat(reason(CASE)).isEqualTo("link_retracted");
        assertAsTheModelSays();
    }

    @Test
    void who_gets_a_deal_at_that_very_time_is_not_put_aside() throws Exception {
        // given: a fold that makes its deal known has deleted its row, and is not committed
        add(fact(CASE, "Legal Approved", 1));
        try (Connection fold = database.dataSource().getConnection();
                ExecutorService operator = Executors.newSingleThreadExecutor()) {
            fold.setAutoCommit(false);
            new Sql(fold).update("DELETE FROM orphans");

            // when
            Future<Boolean> dismissed = operator.submit(() -> dismiss(CASE));
            await().until(OrphanNotesTest::isWaiting);
            fold.commit();

            // then
            assertThat(dismissed.get()).isFalse();
            assertThat(notes()).isZero();
        }
    }

    private static boolean isWaiting() {
        return database.jdbc()
                .sql(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%orphans%')")
                .query(Boolean.class)
                .single();
    }

    @Test
    void who_was_put_aside_can_be_taken_back() {
        add(fact(CASE, "Legal Approved", 1));
        dismiss(CASE);
        dismiss(CASE);
        assertAsTheModelSays();

        boolean[] restored = new boolean[2];
        store.inTransaction(connection -> restored[0] = OrphanNotes.restore(connection, CASE + ending));
        store.inTransaction(connection -> restored[1] = OrphanNotes.restore(connection, CASE + ending));

        assertThat(restored).containsExactly(true, false);
        assertThat(dismissed(CASE)).isFalse();
        assertAsTheModelSays();
    }

    private boolean dismiss(String key) {
        boolean[] done = new boolean[1];
        store.inTransaction(
                connection -> done[0] = OrphanNotes.dismiss(connection, key + ending, "a test of theirs", "operator"));
        return done[0];
    }

    private String reason(String key) {
        return row("SELECT reason FROM orphans WHERE key = ?", key, String.class);
    }

    private boolean dismissed(String key) {
        return row("SELECT dismissed FROM orphans WHERE key = ?", key, Boolean.class);
    }

    private <T> T row(String sql, String key, Class<T> type) {
        return database.jdbc().sql(sql).param(key + ending).query(type).single();
    }

    private static int notes() {
        return database.jdbc()
                .sql("SELECT count(*) FROM orphan_dismissals")
                .query(Integer.class)
                .single();
    }
}
