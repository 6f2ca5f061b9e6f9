package io.masterdeal.crash.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.crash.history.Contradiction.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Histories made by hand: a right one is passed, and each way to be wrong is found and named with its place and values. */
class HistoryCheckTest {

    private static final String DEAL = "crm:deal:D-1";

    private static final String OTHER = "crm:deal:D-2";

    private final List<Published> topic = new ArrayList<>();

    private final SortedMap<String, StoredDeal> deals = new TreeMap<>();

    private final Map<String, JsonNode> answers = new HashMap<>();

    private final List<StoredFact> facts = new ArrayList<>();

    private final List<SentEvent> sent = new ArrayList<>();

    private final Map<Long, StoredRevision> otherRows = new HashMap<>();

    private boolean slotLost;

    HistoryCheckTest() {
        publish(DEAL, 1, "lead_created", null);
        publish(OTHER, 1, "lead_created", null);
        publish(DEAL, 2, "briefed", "lead_created");
        store(DEAL, 2, "briefed");
        store(OTHER, 1, "lead_created");
        facts.add(new StoredFact("e-1", "crm.deal.created of " + DEAL, "crm.events-0@0"));
        facts.add(new StoredFact("e-2", null, "crm.events-0@1"));
        sent.add(new SentEvent("e-1", "crm.deal.created of " + DEAL));
        sent.add(new SentEvent("e-2", "crm.event.retracted of " + DEAL));
    }

    @Test
    void a_history_without_contradiction_is_passed_and_counted() {
        assertThat(check()).isEqualTo(new Verdict(null, 2, 3, 0, 0, 2));
    }

    @Test
    void exact_copies_are_counted_and_no_contradiction() {
        again(0);
        again(2);

        assertThat(check()).isEqualTo(new Verdict(null, 2, 5, 2, 0, 2));
    }

    @Test
    void a_copy_with_another_content_is_found() {
        Published first = topic.getFirst();
        ObjectNode data = (ObjectNode) first.data().deepCopy();
        topic.add(event(DEAL, 1, data.put("outcome", "lost")));

        assertThat(wrong())
                .hasToString(
                        "COPY_DIFFERS: crm:deal:D-1, revision 1, at masterdeal.events-0@3: at masterdeal.events-0@0 it"
                                + " was " + first.text() + ", but here it is " + data);
    }

    @Test
    void a_revision_passed_over_is_found() {
        publish(DEAL, 4, "closed", "briefed");

        assertThat(wrong())
                .hasToString(
                        "REVISION_MISSING: crm:deal:D-1, revision 4, at masterdeal.events-0@3: the last one was revision"
                                + " 2 at masterdeal.events-0@2, but revision 4 comes here, and is no snapshot");
    }

    @Test
    void a_first_revision_that_is_not_1_is_found() {
        topic.removeIf(event -> event.root().equals(OTHER));
        publish(OTHER, 2, "briefed", "lead_created");

        assertThat(wrong())
                .hasToString(
                        "REVISION_MISSING: crm:deal:D-2, revision 2, at masterdeal.events-0@2: nothing of this deal came"
                                + " before, but revision 2 comes here, and is no snapshot");
    }

    @Test
    void a_gap_before_a_snapshot_may_be_forgotten() {
        ObjectNode snapshot =
                data(DEAL, 5, "closed").put("previous_stage", "closing").put("snapshot", true);
        topic.add(event(DEAL, 5, snapshot));
        store(DEAL, 5, "closed");

        assertThat(check()).isEqualTo(new Verdict(null, 2, 4, 0, 1, 2));
    }

    @Test
    void after_a_lost_slot_a_later_snapshot_makes_a_gap_good() {
        slotLost = true;
        publish(DEAL, 4, "closing", "offer_ready");
        topic.add(event(
                DEAL,
                5,
                data(DEAL, 5, "closing").put("previous_stage", "closing").put("snapshot", true)));
        store(DEAL, 5, "closing");

        assertThat(check()).isEqualTo(new Verdict(null, 2, 5, 0, 1, 2));
    }

    @Test
    void after_a_lost_slot_a_gap_without_a_later_snapshot_is_found() {
        slotLost = true;
        publish(DEAL, 4, "closing", "offer_ready");
        topic.add(event(OTHER, 4, data(OTHER, 4, "closing").put("snapshot", true)));
        store(DEAL, 4, "closing");

        assertThat(wrong())
                .hasToString(
                        "REVISION_MISSING: crm:deal:D-1, revision 4, at masterdeal.events-0@3: the last one was revision"
                                + " 2 at masterdeal.events-0@2, but revision 4 comes here, and is no snapshot");
    }

    @Test
    void a_revision_that_comes_after_a_later_one_is_found() {
        topic.add(event(DEAL, 5, data(DEAL, 5, "closed").put("snapshot", true)));
        publish(DEAL, 4, "closed", "briefed");

        assertThat(wrong())
                .hasToString(
                        "OUT_OF_ORDER: crm:deal:D-1, revision 4, at masterdeal.events-0@4: revision 5 came first, at"
                                + " masterdeal.events-0@3, but this earlier revision comes here for the first time");
    }

    @Test
    void a_deal_in_two_partitions_is_found() {
        Published event = event(DEAL, 3, data(DEAL, 3, "closed").put("previous_stage", "briefed"));
        topic.add(new Published(2, 7, DEAL, event.envelope(), event.data(), event.text()));

        assertThat(wrong())
                .hasToString("TWO_PARTITIONS: crm:deal:D-1, revision 3, at masterdeal.events-2@7: revision 2 lies at"
                        + " masterdeal.events-0@2, but this one at masterdeal.events-2@7");
    }

    @Test
    void an_envelope_that_does_not_fit_is_found() {
        Published event = event(DEAL, 3, data(DEAL, 3, "closed"));
        topic.add(new Published(
                0, 3, DEAL, new Published.Envelope("masterdeal.updated", DEAL, 4), event.data(), event.text()));

        assertThat(wrong())
                .hasToString(
                        "ENVELOPE: crm:deal:D-1, revision 3, at masterdeal.events-0@3: the data say root crm:deal:D-1 and"
                                + " revision 3, but the record has key crm:deal:D-1, subject crm:deal:D-1 and sequence 4");
    }

    @Test
    void an_event_that_does_not_follow_from_the_one_before_is_found() {
        publish(DEAL, 3, "closed", "closing");

        assertThat(wrong())
                .hasToString("PREVIOUS_STAGE: crm:deal:D-1, revision 3, at masterdeal.events-0@3: revision 2 has stage"
                        + " 'briefed', but this one says that it was 'closing'");
    }

    @Test
    void a_database_that_says_something_else_is_found() {
        ((ObjectNode) row(DEAL).answer()).put("stage", "closing");

        assertThat(wrong())
                .hasToString(
                        "ROW_DIFFERS: crm:deal:D-1, revision 2, at masterdeal.events-0@2: the last event says stage"
                                + " \"briefed\", but the database says stage \"closing\"");
    }

    @Test
    void a_last_revision_that_was_never_published_is_found() {
        store(DEAL, 3, "briefed");

        assertThat(wrong())
                .hasToString(
                        "ROW_DIFFERS: crm:deal:D-1, revision 2, at masterdeal.events-0@2: the last event says revision"
                                + " 2, but the database says revision 3");
    }

    @Test
    void a_deal_withdrawn_in_the_database_alone_is_found() {
        deals.put(DEAL, new StoredDeal(DEAL, DEAL, false, row(DEAL).answer()));

        assertThat(wrong())
                .hasToString(
                        "ROW_DIFFERS: crm:deal:D-1, revision 2, at masterdeal.events-0@2: the last event says withdrawn"
                                + " false, but the database says known false");
    }

    @Test
    void an_answer_that_says_something_else_is_found() {
        ObjectNode other = data(DEAL, 2, "briefed");
        other.putArray("timeline").addObject().put("stage", "briefed");
        answers.put(DEAL, other);

        assertThat(wrong())
                .hasToString(
                        "ANSWER_DIFFERS: crm:deal:D-1, revision 2, at masterdeal.events-0@2: the last event says timeline"
                                + " [], but the service's answer says timeline [{stage=\"briefed\"}]");
    }

    @Test
    void a_deal_that_is_not_answered_for_is_found() {
        answers.remove(OTHER);

        assertThat(wrong())
                .hasToString("ANSWER_MISSING: crm:deal:D-2, revision 1, at masterdeal.events-0@1: the last event is "
                        + topic.get(1).data() + ", but the service answers 404");
    }

    @Test
    void a_withdrawn_deal_has_no_answer() {
        withdraw();
        answers.remove(OTHER);

        assertThat(check()).isEqualTo(new Verdict(null, 2, 4, 0, 0, 2));
    }

    @Test
    void an_answer_for_a_withdrawn_deal_is_found() {
        withdraw();

        assertThat(wrong())
                .hasToString(
                        "ANSWER_FOR_WITHDRAWN: crm:deal:D-2, revision 2, at masterdeal.events-0@3: the last event says"
                                + " that the deal is withdrawn, but the service answers " + answers.get(OTHER));
    }

    @Test
    void a_deal_that_was_never_published_is_found() {
        store("crm:deal:D-3", 1, "lead_created");

        assertThat(wrong())
                .hasToString("NOT_PUBLISHED: crm:deal:D-3, revision 1, at the table deals: the database has it as "
                        + row("crm:deal:D-3").answer() + ", but the topic has no event of it");
    }

    @Test
    void a_deal_that_the_database_does_not_have_is_found() {
        deals.remove(OTHER);

        assertThat(wrong())
                .hasToString(
                        "NOT_STORED: crm:deal:D-2, revision 1, at masterdeal.events-0@1: the topic tells of it, but the"
                                + " database has no row of that deal");
    }

    @Test
    void an_accepted_event_that_is_not_stored_is_found() {
        sent.add(new SentEvent("e-3", "crm.deal.lost of " + DEAL));

        assertThat(wrong())
                .hasToString(
                        "FACT_MISSING: e-3, at the tables facts and retractions: the gateway has accepted crm.deal.lost of"
                                + " crm:deal:D-1, but the database has no row of that id");
    }

    @Test
    void an_event_stored_twice_is_found() {
        facts.add(new StoredFact("e-1", "crm.deal.created of " + DEAL, "crm.events-0@5"));

        assertThat(wrong())
                .hasToString("FACT_TWICE: e-1, at crm.events-0@5: the database has it from crm.events-0@0, but from"
                        + " crm.events-0@5 as well");
    }

    @Test
    void a_fact_that_says_something_else_than_was_sent_is_found() {
        facts.set(0, new StoredFact("e-1", "crm.deal.lost of " + DEAL, "crm.events-0@0"));

        assertThat(wrong())
                .hasToString(
                        "FACT_DIFFERS: e-1, at crm.events-0@0: sent was crm.deal.created of crm:deal:D-1, but stored is"
                                + " crm.deal.lost of crm:deal:D-1");
    }

    @Test
    void a_fact_that_nobody_sent_is_found() {
        facts.add(new StoredFact("e-9", "crm.deal.lost of " + DEAL, "crm.events-0@9"));

        assertThat(wrong())
                .hasToString(
                        "FACT_UNSENT: e-9, at crm.events-0@9: the database has crm.deal.lost of crm:deal:D-1, but nobody"
                                + " sent it");
    }

    @Test
    void an_event_without_a_row_of_its_revision_is_found() {
        otherRows.put(2L, new StoredRevision(OTHER, 2, "nothing"));

        assertThat(wrong())
                .hasToString("REVISION_UNRECORDED: crm:deal:D-1, revision 2, at masterdeal.events-0@2: the event is"
                        + " masterdeal.updated, stage briefed, open, by 0 events, but the table deal_revisions has no row"
                        + " of it");
    }

    @Test
    void a_row_of_a_revision_that_says_something_else_is_found() {
        otherRows.put(2L, new StoredRevision(DEAL, 2, "masterdeal.closed, stage closed, open, by 0 events"));

        assertThat(wrong())
                .hasToString("RECORD_DIFFERS: crm:deal:D-1, revision 2, at masterdeal.events-0@2: the event is"
                        + " masterdeal.updated, stage briefed, open, by 0 events, but the table deal_revisions says"
                        + " masterdeal.closed, stage closed, open, by 0 events");
    }

    @Test
    void a_row_of_a_revision_that_was_not_published_is_found_unless_the_slot_was_lost() {
        otherRows.put(3L, new StoredRevision(DEAL, 3, "masterdeal.updated, stage briefed, open, by 1 events"));

        assertThat(wrong().kind()).isEqualTo(Kind.RECORD_UNPUBLISHED);
        slotLost = true;
        assertThat(check().contradiction()).isNull();
    }

    @Test
    void of_several_contradictions_the_one_that_comes_first_on_the_topic_is_named() {
        publish(OTHER, 7, "closed", "briefed");
        publish(DEAL, 9, "closed", "briefed");
        answers.clear();

        assertThat(wrong().deal()).isEqualTo(OTHER);
        assertThat(wrong().kind()).isEqualTo(Kind.REVISION_MISSING);
        assertThat(wrong().place()).isEqualTo("masterdeal.events-0@3");
    }

    private Verdict check() {
        Map<Long, StoredRevision> other = new TreeMap<>(otherRows);
        List<StoredRevision> rows = new ArrayList<>();
        for (Published event : topic) {
            StoredRevision row = new StoredRevision(event.root(), event.revision(), RevisionCheck.said(event));
            rows.add(Objects.requireNonNullElse(other.remove(event.revision()), row));
        }
        rows.addAll(other.values());
        return HistoryCheck.check(new History(topic, deals, answers, facts, sent, rows, ClockHistory.NONE, slotLost));
    }

    private Contradiction wrong() {
        return Objects.requireNonNull(check().contradiction(), "nothing was found");
    }

    private StoredDeal row(String root) {
        return Objects.requireNonNull(deals.get(root));
    }

    private void publish(String root, long revision, String stage, @org.jspecify.annotations.Nullable String previous) {
        ObjectNode data = data(root, revision, stage);
        if (previous != null) {
            data.put("previous_stage", previous);
        }
        topic.add(event(root, revision, data));
    }

    private void again(int index) {
        Published first = topic.get(index);
        topic.add(event(first.root(), first.revision(), (ObjectNode) first.data()));
    }

    private void withdraw() {
        ObjectNode gone =
                data(OTHER, 2, "none").put("previous_stage", "lead_created").put("withdrawn", true);
        topic.add(event(OTHER, 2, gone));
        deals.put(OTHER, new StoredDeal(OTHER, OTHER, false, gone));
    }

    private void store(String root, long revision, String stage) {
        deals.put(root, new StoredDeal(root, root, true, data(root, revision, stage)));
        answers.put(root, data(root, revision, stage).put("facts", 3).put("updated_at", "now"));
    }

    private Published event(String root, long revision, ObjectNode data) {
        return new Published(
                0,
                topic.size(),
                root,
                new Published.Envelope("masterdeal.updated", root, revision),
                data,
                data.toString());
    }

    private static ObjectNode data(String root, long revision, String stage) {
        ObjectNode data = JsonMapper.shared()
                .createObjectNode()
                .put("master_deal_id", root)
                .put("root", root)
                .put("revision", revision)
                .put("stage", stage)
                .put("outcome", "open")
                .put("rule_set", "default@1");
        data.putArray("gaps");
        data.putArray("timeline");
        data.putArray("objects").addObject().put("key", root).put("status", "Deal Created");
        return data;
    }
}
