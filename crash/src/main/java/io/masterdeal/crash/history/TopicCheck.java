package io.masterdeal.crash.history;

import io.masterdeal.crash.history.Contradiction.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the canonical topic as a subscriber would, and checks that it is consistent: order, gaps, copies. */
final class TopicCheck {

    private final boolean slotLost;

    private final SortedMap<String, Story> stories = new TreeMap<>();

    /** Gaps that a later snapshot must close, by root, in the order of the topic. */
    private final SequencedMap<String, Contradiction> gaps = new LinkedHashMap<>();

    private long repeats;

    private long snapshots;

    /** What has been read about a deal so far. */
    private static final class Story {
        private final Map<Long, Published> firsts = new HashMap<>();

        private @Nullable Published last;
    }

    /**
     * @param slotLost whether a later snapshot closes a gap
     */
    TopicCheck(boolean slotLost) {
        this.slotLost = slotLost;
    }

    /** Takes the records in their order; returns the first contradiction, null if there is none. */
    @Nullable
    Contradiction take(List<Published> topic) {
        for (Published event : topic) {
            Contradiction wrong = take(event);
            if (wrong != null) {
                return wrong;
            }
        }
        Map.Entry<String, Contradiction> gap = gaps.firstEntry();
        return gap == null ? null : gap.getValue();
    }

    private @Nullable Contradiction take(Published event) {
        if (!event.key().equals(event.root())
                || !event.envelope().subject().equals(event.root())
                || event.envelope().sequence() != event.revision()) {
            return contradiction(
                    Kind.ENVELOPE,
                    event,
                    "the data say root " + event.root() + " and revision " + event.revision(),
                    "the record has key " + event.key() + ", subject "
                            + event.envelope().subject() + " and sequence "
                            + event.envelope().sequence());
        }
        Story story = stories.computeIfAbsent(event.root(), _ -> new Story());
        Published first = story.firsts.get(event.revision());
        Published last = story.last;
        if (last != null && last.partition() != event.partition()) {
            return contradiction(
                    Kind.TWO_PARTITIONS,
                    event,
                    "revision " + last.revision() + " lies at " + last.place(),
                    "this one at " + event.place());
        }
        if (first != null) {
            repeats++;
            return first.text().equals(event.text())
                    ? null
                    : contradiction(
                            Kind.COPY_DIFFERS,
                            event,
                            "at " + first.place() + " it was " + first.text(),
                            "here it is " + event.text());
        }
        story.firsts.put(event.revision(), event);
        story.last = event;
        if (event.isSnapshot()) {
            snapshots++;
            gaps.remove(event.root());
        }
        Contradiction wrong = follows(last, event);
        if (slotLost && wrong != null && wrong.kind() == Kind.REVISION_MISSING) {
            gaps.putIfAbsent(event.root(), wrong);
            return null;
        }
        return wrong;
    }

    private static @Nullable Contradiction follows(@Nullable Published last, Published event) {
        long before = last == null ? 0 : last.revision();
        if (event.revision() < before) {
            return contradiction(
                    Kind.OUT_OF_ORDER,
                    event,
                    "revision " + before + " came first, at " + (last == null ? "" : last.place()),
                    "this earlier revision comes here for the first time");
        }
        if (event.revision() != before + 1) {
            return event.isSnapshot()
                    ? null
                    : contradiction(
                            Kind.REVISION_MISSING,
                            event,
                            last == null
                                    ? "nothing of this deal came before"
                                    : "the last one was revision " + before + " at " + last.place(),
                            "revision " + event.revision() + " comes here, and is no snapshot");
        }
        String stage = last == null ? "" : last.data().path("stage").stringValue("");
        String previous = event.data().path("previous_stage").stringValue("");
        return previous.equals(stage)
                ? null
                : contradiction(
                        Kind.PREVIOUS_STAGE,
                        event,
                        "revision " + before + " has stage '" + stage + "'",
                        "this one says that it was '" + previous + "'");
    }

    private static Contradiction contradiction(Kind kind, Published event, String first, String second) {
        return new Contradiction(kind, event.root(), event.revision(), event.place(), first, second);
    }

    /** The highest revision of each deal, by root. */
    SortedMap<String, Published> last() {
        SortedMap<String, Published> last = new TreeMap<>();
        stories.forEach((root, story) -> {
            if (story.last != null) {
                last.put(root, story.last);
            }
        });
        return last;
    }

    /** The roots in the order of their text. */
    List<String> roots() {
        return new ArrayList<>(stories.keySet());
    }

    long repeats() {
        return repeats;
    }

    long snapshots() {
        return snapshots;
    }
}
