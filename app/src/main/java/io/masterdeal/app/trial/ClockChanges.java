package io.masterdeal.app.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * How two reports about the same deal differ.
 *
 * @param root the key of the deal
 * @param changes the clocks that differ, in the order of the first report, then those that only the second one has
 * @param same how many clocks do not differ
 */
public record ClockChanges(String root, List<Change> changes, int same) {

    private static final String NO_CLOCK = "none";

    private static final String NEVER = "never";

    /** These have words of their own in a {@link Change}. */
    private static final Set<String> IN_WORDS = Set.of("state", "due_at", "no_due", "breached_at");

    /** Copies the list. */
    public ClockChanges {
        changes = List.copyOf(changes);
    }

    /** Two values of a thing; equal if it is the same in both reports. */
    public record Values(String before, String after) {

        /** Whether they differ. */
        public boolean differ() {
            return !before.equals(after);
        }
    }

    /**
     * A clock that differs. State, due time and breach are those of its last cycle.
     *
     * @param policy the name of its policy
     * @param object whose clock it is; empty for the deal's own
     * @param state {@code none} if a report does not have the clock
     * @param due an instant, or why there is none
     * @param breached an instant, or {@code never}
     * @param cycles how many
     * @param other names of other fields that differ, sorted
     */
    public record Change(
            String policy,
            String object,
            Values state,
            Values due,
            Values breached,
            Values cycles,
            List<String> other) {

        /** Copies the list. */
        public Change {
            other = List.copyOf(other);
        }

        /** Whether the clock is in another state, or was breached in one report alone. */
        public boolean isOfState() {
            return state.differ()
                    || breached.before().equals(NEVER) != breached.after().equals(NEVER);
        }

        /** Whether only the second report has the clock. */
        public boolean isNew() {
            return state.before().equals(NO_CLOCK);
        }

        /** Whether only the first report has the clock. */
        public boolean isGone() {
            return state.after().equals(NO_CLOCK);
        }
    }

    private record Pair(@Nullable JsonNode before, @Nullable JsonNode after) {}

    /**
     * Compares two reports.
     *
     * @param before in the form of the service's answer
     * @param after about the same deal, at the same instant
     */
    public static ClockChanges between(JsonNode before, JsonNode after) {
        Map<String, Pair> clocks = new LinkedHashMap<>();
        before.path("clocks").forEach(clock -> clocks.put(key(clock), new Pair(clock, null)));
        after.path("clocks")
                .forEach(clock -> clocks.merge(
                        key(clock), new Pair(null, clock), (first, second) -> new Pair(first.before, second.after)));
        List<Change> changes = new ArrayList<>();
        for (Pair pair : clocks.values()) {
            JsonNode was = pair.before == null ? MissingNode.getInstance() : pair.before;
            JsonNode is = pair.after == null ? MissingNode.getInstance() : pair.after;
            if (!was.equals(is)) {
                changes.add(change(was, is));
            }
        }
        return new ClockChanges(before.path("root").asString(""), changes, clocks.size() - changes.size());
    }

    /** Neither part contains a space. */
    private static String key(JsonNode clock) {
        return clock.path("policy").asString("") + " " + clock.path("object").asString("");
    }

    private static Change change(JsonNode was, JsonNode is) {
        JsonNode known = is.isMissingNode() ? was : is;
        return new Change(
                known.path("policy").asString(""),
                known.path("object").asString(""),
                new Values(state(was), state(is)),
                new Values(due(last(was)), due(last(is))),
                new Values(breached(last(was)), breached(last(is))),
                new Values(
                        String.valueOf(was.path("cycles").size()),
                        String.valueOf(is.path("cycles").size())),
                other(was, is));
    }

    private static JsonNode last(JsonNode clock) {
        return clock.path("cycles").path(clock.path("cycles").size() - 1);
    }

    private static String state(JsonNode clock) {
        return clock.path("state").asString(NO_CLOCK).replace('_', ' ');
    }

    private static String due(JsonNode cycle) {
        return cycle.path("due_at").asString(cycle.path("no_due").asString("none"));
    }

    private static String breached(JsonNode cycle) {
        return cycle.path("breached_at").asString(NEVER);
    }

    /** Of clocks that both reports have with the same number of cycles: what else differs, and whether earlier cycles do. */
    private static List<String> other(JsonNode was, JsonNode is) {
        JsonNode before = was.path("cycles");
        JsonNode after = is.path("cycles");
        if (was.isMissingNode() || is.isMissingNode() || before.size() != after.size()) {
            return List.of();
        }
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < before.size(); i++) {
            JsonNode first = before.path(i);
            JsonNode second = after.path(i);
            if (i < before.size() - 1 && !first.equals(second)) {
                names.add("earlier cycles");
            } else {
                first.propertyNames().stream()
                        .filter(name -> !IN_WORDS.contains(name))
                        .filter(name -> !first.path(name).equals(second.path(name)))
                        .forEach(names::add);
            }
        }
        if (was.path("end_to_end").booleanValue() != is.path("end_to_end").booleanValue()) {
            names.add("end_to_end");
        }
        return List.copyOf(names);
    }
}
