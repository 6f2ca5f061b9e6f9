package io.masterdeal.crash.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was told about a clock by hand: what is right is passed, and each way to be wrong is found. */
class ClockCheckTest {

    private static final String DEAL = "crm:deal:D-1";

    private static final Instant START = Instant.parse("2026-04-06T07:00:00Z");

    private static final Instant BREACHED_AT = START.plusSeconds(60);

    private static final ClockMark WARNING = new ClockMark(DEAL, "offer", "", START, "warned", 50);

    private static final ClockMark BREACH = new ClockMark(DEAL, "offer", "", START, "breached", 100);

    private final List<Published> topic = new ArrayList<>();

    private final List<StoredMark> marks = new ArrayList<>();

    private final Map<ClockMark, Instant> holding = new HashMap<>();

    private final Map<String, Set<String>> clocks = new HashMap<>();

    private boolean slotLost;

    ClockCheckTest() {
        publish(1, "masterdeal.created", null);
        publish(2, "masterdeal.sla.warned", WARNING);
        publish(3, "masterdeal.sla.breached", BREACH);
        marks.add(new StoredMark(WARNING, "told", 2));
        marks.add(new StoredMark(BREACH, "told", 3));
        holding.put(WARNING, START.plusSeconds(30));
        holding.put(BREACH, BREACHED_AT);
        clocks.put(DEAL, Set.of(ClockCheck.clock("offer", "", 1, "breached", START, BREACHED_AT)));
    }

    @Test
    void what_was_told_and_holds_is_passed() {
        assertThat(wrong()).isEqualTo("nothing");
    }

    @Test
    void what_was_taken_back_and_does_not_hold_is_passed() {
        publish(4, "masterdeal.sla.retracted", WARNING);
        marks.set(0, new StoredMark(WARNING, "retracted", 4));
        holding.remove(WARNING);

        assertThat(wrong()).isEqualTo("nothing");
    }

    @Test
    void what_was_taken_back_and_told_again_is_passed() {
        publish(4, "masterdeal.sla.retracted", BREACH);
        publish(5, "masterdeal.sla.breached", BREACH);
        marks.set(1, new StoredMark(BREACH, "retracted", 4));
        marks.add(new StoredMark(BREACH, "told", 5));

        assertThat(wrong()).isEqualTo("nothing");
    }

    @Test
    void what_stands_and_does_not_hold_is_found() {
        holding.remove(WARNING);

        assertThat(wrong()).startsWith("MARK_WRONG").contains("stands as told", "does not hold");
    }

    @Test
    void what_stands_twice_is_found() {
        marks.add(new StoredMark(BREACH, "told", 4));

        assertThat(wrong()).startsWith("MARK_WRONG").contains("another row says so");
    }

    @Test
    void what_holds_and_does_not_stand_is_found() {
        marks.remove(1);

        assertThat(wrong()).startsWith("MARK_MISSING").contains("breached");
    }

    @Test
    void what_is_new_and_not_told_is_found() {
        topic.remove(2);
        marks.set(1, new StoredMark(BREACH, "suppressed", 0));

        assertThat(wrong()).startsWith("MARK_UNTOLD").contains("it passed at 2026-04-06T07:01:00Z");
    }

    @Test
    void what_is_told_and_not_published_is_found() {
        topic.remove(2);

        assertThat(wrong()).startsWith("MARK_DIFFERS").contains("with revision 3", "the topic says nothing");
    }

    @Test
    void what_is_published_and_not_stored_is_found() {
        marks.remove(1);
        holding.remove(BREACH);

        assertThat(wrong()).startsWith("MARK_DIFFERS").contains("it says nothing", "the topic says that it holds");
    }

    @Test
    void what_was_taken_back_in_the_table_alone_is_found() {
        marks.set(0, new StoredMark(WARNING, "retracted", 4));
        holding.remove(WARNING);

        assertThat(wrong()).startsWith("MARK_DIFFERS").contains("it does not hold, with revision 4");
    }

    @Test
    void after_a_lost_slot_a_lost_revision_need_not_be_published() {
        slotLost = true;
        topic.remove(2);
        publish(4, "masterdeal.updated", null);

        assertThat(wrong()).isEqualTo("nothing");
    }

    @Test
    void a_clock_that_the_last_event_does_not_show_as_it_is_is_found() {
        clocks.put(DEAL, Set.of(ClockCheck.clock("offer", "", 1, "running", START, null)));

        assertThat(wrong()).startsWith("CLOCKS_DIFFER").contains("cycle 1, breached", "cycle 1, running");
    }

    private String wrong() {
        History history = new History(
                topic,
                new TreeMap<>(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new ClockHistory(marks, holding, clocks, START.minusSeconds(60)),
                slotLost);
        Contradiction wrong = new ClockCheck(history).run(new TreeMap<>(Map.of(DEAL, topic.getLast())));
        return wrong == null ? "nothing" : wrong.toString();
    }

    private void publish(long revision, String type, @Nullable ClockMark mark) {
        ObjectNode data =
                JsonMapper.shared().createObjectNode().put("root", DEAL).put("revision", revision);
        data.putArray("sla")
                .addObject()
                .put("policy", "offer")
                .put("cycle", 1)
                .put("state", "breached")
                .put("started_at", START.toString())
                .put("breached_at", BREACHED_AT.toString());
        if (mark != null) {
            data.put("policy", mark.policy())
                    .put("started_at", mark.startedAt().toString())
                    .put("kind", mark.kind())
                    .put("percent", mark.percent());
        }
        topic.add(new Published(
                0, topic.size(), DEAL, new Published.Envelope(type, DEAL, revision), data, data.toString()));
    }
}
