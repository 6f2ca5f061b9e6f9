package io.masterdeal.service.publish;

import io.masterdeal.facts.Answer;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.TimelineStep;
import io.masterdeal.model.sla.ClockStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the lists of an answer so that its canonical event always fits into Kafka, however long the deal's history, and notes
 * which were cut. For one event.
 */
final class BoundedLists {

    /** Changes of stage. */
    static final int TIMELINE_STEPS = 500;

    /** Ids of facts behind one change of stage. */
    static final int STEP_EVIDENCE = 100;

    static final int OBJECTS = 1000;

    /** Ids of facts behind the present stage. */
    static final int EVIDENCE = 1000;

    static final int CAUSES = 100;

    static final int GAPS = 100;

    /** The timeline and the objects, each, in bytes of Avro. */
    static final int LIST_BYTES = 192 * 1024;

    private static final int GAP_BYTES = 16 * 1024;

    /** The clocks, in bytes of Avro. */
    static final int CLOCK_BYTES = 48 * 1024;

    /** The attributes, in bytes of Avro. */
    static final int ATTRIBUTE_BYTES = 16 * 1024;

    /** Numbers, times and states of a clock. */
    private static final int CLOCK_ELEMENT_BYTES = 160;

    /** A warning: its percent and its time. */
    private static final int WARNING_BYTES = 16;

    /** A UUID as text, and its length. */
    private static final int ID_BYTES = 37;

    /** Numbers, lengths and a direction: the most that the rest of an element takes. */
    private static final int ELEMENT_BYTES = 48;

    private final List<String> truncated = new ArrayList<>();

    /** Names of the lists that were cut so far, each once, in the order in which they were asked for. */
    List<String> truncated() {
        return List.copyOf(truncated);
    }

    /** The first step and the newest ones: where the deal began and how it reached its current stage. */
    List<TimelineStep> timeline(List<TimelineStep> all) {
        int left = LIST_BYTES;
        Deque<TimelineStep> kept = new ArrayDeque<>();
        if (!all.isEmpty()) {
            left -= bytes(all.getFirst());
            for (int i = all.size() - 1; i > 0 && kept.size() < TIMELINE_STEPS - 1; i--) {
                left -= bytes(all.get(i));
                if (left < 0) {
                    break;
                }
                kept.addFirst(all.get(i));
            }
            kept.addFirst(all.getFirst());
        }
        note("timeline", kept.size() < all.size());
        return List.copyOf(kept);
    }

    private static int bytes(TimelineStep step) {
        return ELEMENT_BYTES
                + utf8(step.stage())
                + ID_BYTES * Math.min(step.evidence().size(), STEP_EVIDENCE);
    }

    /** The objects whose status this change brought, and of the others the first by key. */
    SortedMap<ObjectKey, @Nullable String> objects(Answer before, Answer now) {
        SortedMap<ObjectKey, @Nullable String> all = now.objects();
        SortedMap<ObjectKey, @Nullable String> kept = new TreeMap<>();
        int left = keep(all, kept, LIST_BYTES);
        if (kept.size() < all.size()) {
            kept.clear();
            SortedMap<ObjectKey, @Nullable String> changed = new TreeMap<>(all);
            changed.entrySet()
                    .removeIf(it -> before.objects().containsKey(it.getKey())
                            && Objects.equals(before.objects().get(it.getKey()), it.getValue()));
            left = keep(changed, kept, LIST_BYTES);
            keep(all, kept, left);
        }
        note("objects", kept.size() < all.size());
        return kept;
    }

    /** Keeps what fits; returns how many bytes are left. */
    private static int keep(
            Map<ObjectKey, @Nullable String> from, Map<ObjectKey, @Nullable String> kept, int atMostBytes) {
        int left = atMostBytes;
        for (Map.Entry<ObjectKey, @Nullable String> object : from.entrySet()) {
            if (kept.containsKey(object.getKey())) {
                continue;
            }
            String status = object.getValue();
            int bytes = ELEMENT_BYTES + utf8(object.getKey().value()) + (status == null ? 0 : utf8(status));
            if (kept.size() < OBJECTS && bytes <= left) {
                kept.put(object.getKey(), status);
                left -= bytes;
            }
        }
        return left;
    }

    /** The lowest gaps. */
    List<String> gaps(List<String> all) {
        List<String> kept = new ArrayList<>();
        int left = GAP_BYTES;
        for (String gap : all) {
            left -= ELEMENT_BYTES + utf8(gap);
            if (kept.size() == GAPS || left < 0) {
                break;
            }
            kept.add(gap);
        }
        note("gaps", kept.size() < all.size());
        return kept;
    }

    /** The open clocks first; those that are kept in the order in which they were. */
    List<ClockStatus> clocks(List<ClockStatus> all) {
        int bytes = 0;
        for (ClockStatus clock : all) {
            bytes = Math.min(CLOCK_BYTES + 1, bytes + bytes(clock));
        }
        return bytes <= CLOCK_BYTES ? all : firstClocks(all);
    }

    private List<ClockStatus> firstClocks(List<ClockStatus> all) {
        Set<ClockStatus> kept = new HashSet<>();
        int left = CLOCK_BYTES;
        for (boolean open : new boolean[] {true, false}) {
            for (ClockStatus clock : all) {
                if (clock.isOpen() == open && bytes(clock) <= left && kept.add(clock)) {
                    left -= bytes(clock);
                }
            }
        }
        note("sla", kept.size() < all.size());
        return all.stream().filter(kept::contains).toList();
    }

    private static int bytes(ClockStatus clock) {
        ObjectKey object = clock.object();
        return CLOCK_ELEMENT_BYTES
                + utf8(clock.policy())
                + utf8(clock.segment())
                + utf8(clock.domain())
                + (clock.calendar() == null ? 0 : utf8(clock.calendar()))
                + (object == null ? 0 : utf8(object.value()))
                + WARNING_BYTES * clock.warnings().size();
    }

    /** The first by name. */
    Map<String, String> attributes(SortedMap<String, String> all) {
        Map<String, String> kept = new LinkedHashMap<>();
        int left = ATTRIBUTE_BYTES;
        for (Map.Entry<String, String> each : all.entrySet()) {
            left -= ELEMENT_BYTES + utf8(each.getKey()) + utf8(each.getValue());
            if (left < 0) {
                break;
            }
            kept.put(each.getKey(), each.getValue());
        }
        note("attributes", kept.size() < all.size());
        return kept;
    }

    /** The first of a list whose elements are ids. */
    <T> List<T> first(List<T> all, int atMost, String name) {
        note(name, all.size() > atMost);
        return all.size() > atMost ? all.subList(0, atMost) : all;
    }

    private void note(String list, boolean cut) {
        if (cut && !truncated.contains(list)) {
            truncated.add(list);
        }
    }

    /** An upper bound; counting exactly would cost more than it is worth. */
    private static int utf8(String text) {
        return 3 * text.length();
    }
}
