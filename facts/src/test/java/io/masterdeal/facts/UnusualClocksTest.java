package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clocks of deals with unusual facts, or whose facts come at an unusual time. */
class UnusualClocksTest extends ClockCase {

    private static final String DEAL = "crm:deal:D";

    private List<@Nullable String> statements() {
        return database.jdbc()
                .sql("SELECT concat_ws(' ', policy, kind, percent, state, reason, CASE WHEN final THEN 'final' END)"
                        + " FROM sla_statements ORDER BY id")
                .query(String.class)
                .list();
    }

    private List<@Nullable String> clients() {
        return database.jdbc()
                .sql("SELECT DISTINCT client FROM sla_clocks ORDER BY client")
                .query(String.class)
                .list();
    }

    private Fact ofClient(String client, @Nullable String status, int minutes) {
        return Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey(DEAL + ending),
                status,
                null,
                Instant.ofEpochMilli(T + minutes * 60_000L),
                List.of(),
                Map.of("client", client),
                null);
    }

    /** That cannot be compressed much. */
    private static String text(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Adds to what is taken back whose it is, what it may take, and when it is due. */
    @Override
    String text(DealChange change) {
        SlaStatement sla = change.sla();
        SlaStatement.About about = sla == null || sla.type() != SlaStatement.Type.RETRACTED ? null : sla.about();
        Instant due = about == null ? null : about.dueAt();
        return super.text(change)
                + (about == null
                        ? ""
                        : ", %s, %d min, due %s"
                                .formatted(
                                        about.domain(),
                                        about.target() / 60_000,
                                        due == null ? "?" : (due.toEpochMilli() - T) / 60_000));
    }

    @Test
    void what_is_taken_back_says_when_the_cycle_is_due_now() {
        // given: a review that was due at 21, and is late
        time.at(22);
        add(fact(DEAL, "Deal Created", 0), fact("legal:case:L", "Legal Started", 1, DEAL));
        assertThat(published()).hasSize(2);

        // when: it was rejected for 10 minutes
        add(fact("legal:case:L", "Legal Rejected", 5, DEAL), fact("legal:case:L", "Legal Started", 15, DEAL));

        // then
        assertThat(published())
                .last()
                .asString()
                .isEqualTo("4 lead_created [] retracted review breached 100 at 21, legal, 20 min, due 31");
    }

    @Test
    void a_deal_whose_client_is_a_long_text_has_clocks_like_any_other() {
        // given
        time.at(2);
        String longest = text(1000);

        // when
        add(ofClient(longest, "Deal Created", 0));
        List<@Nullable String> found = clients();
        add(ofClient(text(100_000), "Brief Submitted", 1));

        // then
        assertThat(found).containsExactly(longest);
        assertThat(clients()).as("such a text is no name to search by").containsOnlyNulls();
        assertThat(published()).hasSize(2);
        time.at(6);
        assertThat(fire()).isEqualTo(1);
        assertAsTheModelSays();
    }

    @Test
    void what_was_due_anyway_is_told_though_replayed_events_come_first() {
        // given: briefed at 1, so due at 11, and nobody has evaluated it since
        time.at(2);
        add(fact(DEAL, "Deal Created", 0), fact(DEAL, "Brief Submitted", 1));
        published();
        time.at(12);

        // when: something old is sent again
        replay(fact("legal:case:L", "Legal Started", 0, DEAL));

        // then
        assertThat(statements()).containsExactly("offer warned 50 told", "offer breached 100 told");
        assertThat(tasks.open).hasSize(2);
    }

    @Test
    void what_replayed_events_have_moved_into_the_past_is_not_told() {
        // given: a review that is paused since 2, as far as is known
        time.at(3);
        add(
                fact(DEAL, "Deal Created", 0),
                fact("legal:case:L", "Legal Started", 1, DEAL),
                fact("legal:case:L", "Legal Rejected", 2, DEAL));
        time.at(25);
        assertThat(fire()).isZero();

        // when: it was started again at 3, so it was due at 22
        replay(fact("legal:case:L", "Legal Started", 3, DEAL));

        // then
        assertThat(statements()).containsExactly("review breached 100 suppressed replayed");
    }

    @Test
    void a_moved_start_gets_no_task_if_it_had_none() {
        // given: replayed, closed late, and told only since that is the end of the deal
        store = store(POLICIES.replace(
                "    end_to_end: true", "    end_to_end: true\n    escalation: {at: {breach: {task: say sorry}}}"));
        time.at(80);
        replay(
                fact(DEAL, "Deal Created", 2),
                fact("media:mediaplan:M", "Plan Ready", 3, DEAL),
                fact("dcm:closeout:C", "Closeout Completed", 70, DEAL));
        assertThat(statements()).contains("whole breached 100 told final");
        assertThat(tasks.asked).isEmpty();

        // when
        add(fact(DEAL, "Deal Created", 1));

        // then
        assertThat(statements()).contains("whole breached 100 retracted final", "whole breached 100 told final");
        assertThat(tasks.asked).isEmpty();
    }

    @Test
    void unreadable_kept_clocks_have_nothing_told_again() {
        // given
        time.at(2);
        add(fact(DEAL, "Deal Created", 0), fact(DEAL, "Brief Submitted", 1));
        time.at(12);
        fire();
        published();
        List<@Nullable String> before = statements();
        database.jdbc().sql("UPDATE deals SET sla_state = '\\x07'").update();

        // when
        time.at(13);
        add(fact("legal:case:L", "Legal Started", 12, DEAL));

        // then
        assertThat(statements()).isEqualTo(before);
        assertThat(published()).hasSize(1);
        assertThat(tasks.asked).hasSize(2);
        assertThat(new StoredAnswers(database, RULES).wrongCounts()).isEmpty();
    }

    @Test
    void a_policy_that_is_gone_has_all_taken_back_and_a_closed_deal_told_as_closed() {
        // given: closed late
        time.at(70);
        add(
                fact(DEAL, "Deal Created", 0),
                fact("media:mediaplan:M", "Plan Ready", 3, DEAL),
                fact("dcm:closeout:C", "Closeout Completed", 69, DEAL));
        published();

        // when
        store = store(POLICIES.substring(0, POLICIES.indexOf("  - policy: whole")));
        store.refold();
        while (store.settlePending(10) > 0) {
            assertThat(store.pending()).isNotNegative();
        }

        // then
        assertThat(published())
                .containsExactly(
                        "3 closed [sla]",
                        "4 closed [] retracted whole breached 100 at 60 final, masterdeal, 60 min, due 60",
                        "5 closed [] closed");
        assertThat(new StoredAnswers(database, RULES).wrongCounts()).isEmpty();
    }

    @Test
    void what_is_taken_back_of_a_policy_that_is_gone_is_said_to_those_whose_it_was() {
        // given: a breach of media
        time.at(12);
        add(fact(DEAL, "Deal Created", 0), fact(DEAL, "Brief Submitted", 1));
        published();

        // when
        store = store(POLICIES.replace("policy: offer", "policy: quote"));
        store.refold();
        while (store.settlePending(10) > 0) {
            assertThat(store.pending()).isNotNegative();
        }

        // then
        assertThat(published())
                .contains("6 briefed [] retracted offer breached 100 at 11, media, 10 min, due 11")
                .contains("8 briefed [] breached quote breached 100 at 11");
        assertThat(tasks.open).hasSize(2);
    }

    @Test
    void a_clock_whose_object_leaves_the_deal_is_taken_back_and_told_again_if_it_returns() {
        // given
        time.at(22);
        Fact linked = fact("legal:case:L", "Legal Started", 1, DEAL);
        add(fact(DEAL, "Deal Created", 0), linked);
        published();

        // when
        add(retraction(linked));
        List<String> left = published();
        add(fact("legal:case:L", "Legal Started", 1, DEAL));

        // then
        assertThat(left)
                .containsExactly(
                        "3 lead_created [objects, sla]",
                        "4 lead_created [] retracted review breached 100 at 21, legal, 20 min, due 21");
        assertThat(published())
                .containsExactly(
                        "5 lead_created [objects, sla]", "6 lead_created [] breached review breached 100 at 21");
        assertThat(statements()).containsExactly("review breached 100 retracted", "review breached 100 told");
        assertThat(new StoredAnswers(database, RULES).wrongCounts()).isEmpty();
    }

    @Test
    void a_deal_that_is_withdrawn_and_named_again_gets_other_tasks() {
        // given
        time.at(12);
        Fact created = fact(DEAL, "Deal Created", 0);
        Fact briefed = fact(DEAL, "Brief Submitted", 1);
        add(created, briefed);
        List<UUID> first = List.copyOf(tasks.open);
        add(retraction(created), retraction(briefed));
        assertThat(tasks.open).isEmpty();

        // when
        add(fact(DEAL, "Brief Submitted", 1));

        // then
        assertThat(first).hasSize(2);
        assertThat(tasks.open).hasSize(2).doesNotContainAnyElementsOf(first);
        assertThat(new StoredAnswers(database, RULES).wrongCounts()).isEmpty();
    }

    @Test
    void of_two_cycles_only_that_which_is_gone_is_taken_back() {
        // given: two plans, the first of which was rejected
        time.at(40);
        Fact plan = fact("media:mediaplan:M", "Plan Ready", 10, DEAL);
        add(
                fact(DEAL, "Deal Created", 0),
                fact(DEAL, "Brief Submitted", -1),
                plan,
                fact("media:mediaplan:M", "Plan Rejected", 20));
        List<String> both = published();

        // when: the first was never ready
        add(retraction(plan));

        // then
        assertThat(both)
                .contains(
                        "3 briefed [] breached offer breached 100 at 9",
                        "5 briefed [] breached offer breached 100 at 30");
        assertThat(statements())
                .containsExactly(
                        "offer warned 50 told",
                        "offer breached 100 told",
                        "offer warned 50 retracted",
                        "offer breached 100 retracted");
        assertThat(tasks.open).hasSize(2);
    }
}
