package io.masterdeal.crash.history;

import io.masterdeal.crash.history.Contradiction.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares what was told about clocks with what follows from the facts: what stands is what holds, what is not long past was told, the
 * last word on the topic is that of the table, and the last event of a deal shows its clocks as they are.
 */
public final class ClockCheck {

    private static final String TABLE = "the table sla_statements";

    private final History history;

    private final ClockHistory clocks;

    ClockCheck(History history) {
        this.history = history;
        this.clocks = history.clocks();
    }

    /** The last word on a warning or breach. */
    private record Word(boolean holds, long revision) {
        @Override
        public String toString() {
            return "that it " + (holds ? "holds" : "does not hold") + ", with revision " + revision;
        }
    }

    /**
     * How a clock stands, as a line to be compared.
     *
     * @param object whose clock it is; empty for one of the deal
     * @param state running, paused, met, breached or cancelled
     * @param breachedAt null if it is not breached
     */
    public static String clock(
            String policy, String object, int cycle, String state, Instant startedAt, @Nullable Instant breachedAt) {
        return policy + " of '" + object + "', cycle " + cycle + ", " + state + ", from " + startedAt + ", breached at "
                + breachedAt;
    }

    /**
     * Returns the first contradiction; null if there is none.
     *
     * @param last the last event of each deal, by root
     */
    @Nullable
    Contradiction run(SortedMap<String, Published> last) {
        Contradiction wrong = stored();
        if (wrong == null) {
            wrong = words();
        }
        return wrong == null ? shown(last) : wrong;
    }

    private @Nullable Contradiction stored() {
        Set<ClockMark> standing = new HashSet<>();
        for (StoredMark each : clocks.marks()) {
            if (each.isRetracted()) {
                continue;
            }
            Instant at = clocks.holding().get(each.mark());
            if (at == null || !standing.add(each.mark())) {
                return contradiction(
                        Kind.MARK_WRONG,
                        each.mark(),
                        each.revision(),
                        "it stands as " + each.state(),
                        at == null ? "by the facts it does not hold" : "another row says so as well");
            }
            if (each.isSuppressed() && !at.isBefore(clocks.toldSince())) {
                return contradiction(
                        Kind.MARK_UNTOLD, each.mark(), 0, "it is not told", "it passed at " + at + ", not long ago");
            }
        }
        return clocks.holding().entrySet().stream()
                .filter(each -> !standing.contains(each.getKey()))
                .findFirst()
                .map(each -> contradiction(
                        Kind.MARK_MISSING,
                        each.getKey(),
                        0,
                        "no row stands",
                        "by the facts it passed at " + each.getValue()))
                .orElse(null);
    }

    private @Nullable Contradiction words() {
        Map<ClockMark, Word> stored = new LinkedHashMap<>();
        clocks.marks().stream()
                .filter(each -> !each.isSuppressed())
                .forEach(each -> stored.put(each.mark(), new Word(each.isTold(), each.revision())));
        Map<ClockMark, Word> said = new LinkedHashMap<>();
        Map<String, Set<Long>> revisions = new HashMap<>();
        for (Published event : history.topic()) {
            revisions.computeIfAbsent(event.root(), _ -> new HashSet<>()).add(event.revision());
            ClockMark mark = mark(event);
            if (mark != null) {
                Word before = said.get(mark);
                if (before == null || before.revision() < event.revision()) {
                    said.put(mark, new Word(!event.isRetraction(), event.revision()));
                }
            }
        }
        Set<ClockMark> all = new LinkedHashSet<>(stored.keySet());
        all.addAll(said.keySet());
        for (ClockMark mark : all) {
            Word inTable = stored.get(mark);
            Word onTopic = said.get(mark);
            boolean lost = history.slotLost()
                    && inTable != null
                    && !revisions.getOrDefault(mark.root(), Set.of()).contains(inTable.revision());
            if (!lost && (inTable == null || !inTable.equals(onTopic))) {
                return contradiction(
                        Kind.MARK_DIFFERS,
                        mark,
                        0,
                        inTable == null ? "it says nothing" : "it says " + inTable,
                        onTopic == null ? "the topic says nothing" : "the topic says " + onTopic);
            }
        }
        return null;
    }

    /** Which warning or breach an event is about; null if about none. */
    private static @Nullable ClockMark mark(Published event) {
        JsonNode data = event.data();
        return data.has("kind")
                ? new ClockMark(
                        event.root(),
                        data.path("policy").stringValue(""),
                        data.path("object").stringValue(""),
                        Instant.parse(data.path("started_at").stringValue("")),
                        data.path("kind").stringValue(""),
                        data.path("percent").intValue())
                : null;
    }

    private @Nullable Contradiction shown(SortedMap<String, Published> last) {
        for (Published event : last.values()) {
            List<String> lines = new ArrayList<>();
            event.data().path("sla").forEach(clock -> lines.add(clock(clock)));
            Set<String> expected = clocks.clocks().getOrDefault(event.root(), Set.of());
            Set<String> shown = new TreeSet<>(lines);
            if (!shown.equals(new TreeSet<>(expected)) || shown.size() != lines.size()) {
                return new Contradiction(
                        Kind.CLOCKS_DIFFER,
                        event.root(),
                        event.revision(),
                        event.place(),
                        "the last event shows the clocks " + shown,
                        "by the facts they are " + new TreeSet<>(expected));
            }
        }
        return null;
    }

    private static String clock(JsonNode clock) {
        JsonNode breached = clock.path("breached_at");
        return clock(
                clock.path("policy").stringValue(""),
                clock.path("object").stringValue(""),
                clock.path("cycle").intValue(),
                clock.path("state").stringValue(""),
                Instant.parse(clock.path("started_at").stringValue("")),
                breached.isString() ? Instant.parse(breached.stringValue()) : null);
    }

    private static Contradiction contradiction(Kind kind, ClockMark mark, long revision, String first, String second) {
        return new Contradiction(kind, mark.root(), revision, TABLE, mark + ": " + first, second);
    }
}
