package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told about clocks, once, and taken back if it was wrong. */
class ClockStatementsTest extends ClockCase {

    private static final String DEAL = "crm:deal:D";

    private List<@Nullable String> statements() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT concat_ws(' ', policy, kind, percent, state, reason, CASE WHEN final THEN 'final' END,"
                        + " revision, retracted_by) FROM sla_statements ORDER BY id")
                .query(String.class)
                .list();
    }

    /** Opened at 0, briefed at 1, both told at 2. */
    private void aBriefedDeal() {
        time.at(2);
        add(fact(DEAL, "Deal Created", 0), fact(DEAL, "Brief Submitted", 1));
        published();
    }

    private Fact plan(int minutes) {
        return fact("media:mediaplan:M", "Plan Ready", minutes, DEAL);
    }

    private Fact closeout(int minutes) {
        return fact("dcm:closeout:C", "Closeout Completed", minutes, DEAL);
    }

    @Test
    void a_warning_and_a_breach_are_told_when_they_are_due_and_not_before() {
        // given: a deal briefed at 1 that has 10 minutes for its offer
        aBriefedDeal();

        // when
        time.at(5);
        assertThat(fire()).isZero();
        time.at(6);
        int atHalf = fire();
        List<String> warning = published();
        time.at(11);
        int atEnd = fire();

        // then
        assertThat(atHalf).isEqualTo(1);
        assertThat(warning).containsExactly("2 briefed [sla]", "3 briefed [] warned offer warned 50 at 6");
        assertThat(atEnd).isEqualTo(1);
        assertThat(published()).containsExactly("4 briefed [sla]", "5 briefed [] breached offer breached 100 at 11");
        assertThat(statements()).containsExactly("offer warned 50 told 3", "offer breached 100 told 5");
        assertThat(tasks.asked)
                .containsExactly(
                        "open offer warned for media: hurry up",
                        "open offer breached for media: call the client at once");
        assertThat(fire()).as("nothing is told twice").isZero();
    }

    @Test
    void a_late_fact_takes_back_what_was_told_and_closes_the_tasks() {
        // given
        aBriefedDeal();
        time.at(12);
        fire();
        published();

        // when: the plan was ready in time, and is told now
        add(plan(4));

        // then
        assertThat(published())
                .containsExactly(
                        "5 offer_ready [stage, timeline, objects, sla]",
                        "6 offer_ready [] retracted offer warned 50 at 6",
                        "7 offer_ready [] retracted offer breached 100 at 11");
        assertThat(statements()).containsExactly("offer warned 50 retracted 3 6", "offer breached 100 retracted 4 7");
        assertThat(tasks.open).isEmpty();
        assertThat(tasks.asked).endsWith("close", "close");
        assertAsTheModelSays();
    }

    @Test
    void a_deal_closed_in_time_is_told_as_closed() {
        aBriefedDeal();
        time.at(30);

        add(plan(3), closeout(20));

        assertThat(published())
                .singleElement()
                .asString()
                .startsWith("2 closed [stage, ")
                .doesNotContain("breached");
    }

    @Test
    void a_deal_closed_late_is_told_as_breached_in_the_place_of_closed() {
        // given: breached from end to end at 60, and told so
        aBriefedDeal();
        add(plan(3));
        time.at(61);
        fire();
        assertThat(published()).last().isEqualTo("4 offer_ready [] breached whole breached 100 at 60");

        // when
        time.at(70);
        add(closeout(69));

        // then
        assertThat(published())
                .singleElement()
                .asString()
                .startsWith("5 closed [stage, ")
                .endsWith("] breached whole breached 100 at 60 final");
        assertThat(statements()).containsExactly("whole breached 100 told final 5");
    }

    @Test
    void a_late_fact_that_makes_a_closed_deal_in_time_has_it_told_as_closed() {
        // given: closed late
        aBriefedDeal();
        add(plan(3));
        time.at(70);
        Fact late = closeout(69);
        add(late);
        published();

        // when: the same was done in time already
        add(fact("dcm:closeout:E", "Closeout Completed", 40, DEAL));

        // then
        assertThat(published())
                .satisfiesExactly(
                        answer -> assertThat(answer).startsWith("4 closed [").endsWith("sla]"),
                        back -> assertThat(back).isEqualTo("5 closed [] retracted whole breached 100 at 60 final"),
                        closed -> assertThat(closed).isEqualTo("6 closed [] closed"));
    }

    @Test
    void a_closed_deal_that_is_found_late_is_told_as_breached() {
        // given: closed in time, as it seemed
        time.at(45);
        add(fact(DEAL, "Deal Created", 30), plan(40));
        time.at(80);
        add(closeout(79));
        published();

        // when: it was created earlier
        add(fact(DEAL, "Deal Created", 10));

        // then
        assertThat(published())
                .satisfiesExactly(
                        answer -> assertThat(answer).startsWith("3 closed ["),
                        breach -> assertThat(breach).isEqualTo("4 closed [] breached whole breached 100 at 70 final"));
    }

    @Test
    void a_deal_that_is_reopened_and_closed_again_counts_anew() {
        // given: closed in time
        aBriefedDeal();
        add(plan(3));
        time.at(25);
        Fact first = closeout(20);
        add(first);
        published();

        // when: the closing was a mistake, and another one comes too late
        time.at(80);
        add(retraction(first));
        List<String> reopened = published();
        add(closeout(79));

        // then
        assertThat(reopened)
                .satisfiesExactly(
                        answer -> assertThat(answer).startsWith("4 offer_ready ["),
                        breach -> assertThat(breach).isEqualTo("5 offer_ready [] breached whole breached 100 at 60"));
        assertThat(published())
                .singleElement()
                .asString()
                .startsWith("6 closed [")
                .endsWith("at 60 final");
    }

    @Test
    void a_moved_start_is_taken_back_and_told_again_and_keeps_its_task() {
        // given: started at 1, breached at 11
        aBriefedDeal();
        time.at(12);
        fire();
        published();

        // when: the brief was submitted earlier
        add(fact(DEAL, "Brief Submitted", 0));

        // then
        assertThat(published())
                .satisfiesExactly(
                        answer -> assertThat(answer).startsWith("5 briefed ["),
                        warned -> assertThat(warned).isEqualTo("6 briefed [] warned offer warned 50 at 5"),
                        breached -> assertThat(breached).isEqualTo("7 briefed [] breached offer breached 100 at 10"),
                        old -> assertThat(old).isEqualTo("8 briefed [] retracted offer warned 50 at 6"),
                        older -> assertThat(older).isEqualTo("9 briefed [] retracted offer breached 100 at 11"));
        assertThat(tasks.asked).hasSize(2).noneMatch(it -> it.startsWith("close"));
        assertThat(tasks.open).hasSize(2);
    }

    @Test
    void what_is_replayed_is_kept_as_suppressed_but_a_closing_is_told() {
        // given
        time.at(70);
        replay(fact(DEAL, "Deal Created", 0), fact(DEAL, "Brief Submitted", 1));

        // then
        assertThat(published()).containsExactly("1 briefed [known, stage, timeline, objects, sla]");
        assertThat(statements())
                .containsExactly(
                        "offer warned 50 suppressed replayed",
                        "offer breached 100 suppressed replayed",
                        "whole breached 100 suppressed replayed");
        assertThat(tasks.asked).isEmpty();

        // when
        replay(plan(3), closeout(69));

        // then
        assertThat(published())
                .singleElement()
                .asString()
                .startsWith("2 closed [")
                .endsWith("breached whole breached 100 at 60 final");
        assertThat(statements()).containsExactly("whole breached 100 told final 2");
    }

    @Test
    void what_is_longer_past_than_the_limit_is_not_told() {
        time.at(24 * 60 + 9);

        add(fact(DEAL, "Deal Created", 0), fact(DEAL, "Brief Submitted", 1));

        assertThat(published())
                .containsExactly(
                        "1 briefed [known, stage, timeline, objects, sla]",
                        "2 briefed [] breached offer breached 100 at 11",
                        "3 briefed [] breached whole breached 100 at 60");
        assertThat(statements()).contains("offer warned 50 suppressed too-old");
    }

    @Test
    void a_deal_whose_first_answer_is_closed_says_so_in_a_second_one() {
        time.at(90);

        add(fact(DEAL, "Deal Created", 0), plan(3), closeout(20));

        assertThat(published())
                .containsExactly(
                        "1 closed [known, stage, outcome, gaps, timeline, objects, sla]", "2 closed [] closed");
    }

    @Test
    void a_fact_that_lies_ahead_counts_when_it_is_time() {
        // given
        aBriefedDeal();

        // when: the plan is said to be ready two minutes ahead
        add(plan(4));
        time.at(3);
        int before = fire();
        List<String> told = published();
        time.at(4);
        int then = fire();

        // then
        assertThat(before).isZero();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("2 offer_ready [")
                .doesNotContain("sla");
        assertThat(then).isEqualTo(1);
        assertThat(published()).containsExactly("3 offer_ready [sla]");
    }

    @Test
    void a_withdrawn_deal_takes_back_what_was_told() {
        // given
        time.at(2);
        Fact created = fact(DEAL, "Deal Created", 0);
        Fact briefed = fact(DEAL, "Brief Submitted", 1);
        add(created, briefed);
        time.at(12);
        fire();
        published();

        // when
        add(retraction(created), retraction(briefed));

        // then
        assertThat(published()).hasSize(3).first().asString().startsWith("5 none [known, ");
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT (SELECT count(*) FROM sla_clocks) + (SELECT count(*) FROM sla_deadlines)")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(tasks.open).isEmpty();
    }

    @Test
    void a_changed_policy_publishes_only_differences() {
        // given
        aBriefedDeal();
        time.at(12);
        fire();
        add(fact("crm:deal:OTHER", "Deal Created", 0));
        published();

        // when: offers have 30 minutes now
        store = store(POLICIES.replace("target: 10m", "target: 30m"));
        store.refold();
        while (store.settlePending(10) > 0) {
            assertThat(store.pending()).isNotNegative();
        }

        // then
        assertThat(published())
                .containsExactly(
                        "5 briefed [sla]",
                        "6 briefed [] retracted offer warned 50 at 6",
                        "7 briefed [] retracted offer breached 100 at 11");
        assertThat(tasks.open).isEmpty();
    }

    @Test
    void a_rebuild_tells_nothing_again() {
        // given
        aBriefedDeal();
        time.at(12);
        fire();
        published();
        JdbcClient.create(database.dataSource())
                .sql("UPDATE sla_clocks SET state = 'met'")
                .update();

        // when
        store.rebuild();
        while (store.settlePending(10) > 0) {
            assertThat(store.pending()).isNotNegative();
        }

        // then
        assertThat(published()).isEmpty();
        assertThat(statements()).containsExactly("offer warned 50 told 3", "offer breached 100 told 4");
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT policy || ' ' || state FROM sla_clocks ORDER BY policy")
                        .query(String.class)
                        .list())
                .containsExactly("offer breached", "whole running");
    }
}
