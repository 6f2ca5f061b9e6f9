package io.masterdeal.sandbox.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object in a system.
 *
 * @param name such as {@code deal}
 * @param plural the segment of its path, such as {@code deals}
 * @param prefix prefix of ids, such as {@code D}
 * @param sequenced whether its events count the versions of the object; if not, their time is the version
 * @param transitions the possible actions; the first one is the creation
 */
public record KindModel(String name, String plural, String prefix, boolean sequenced, List<Transition> transitions) {
    /**
     * An action on an object.
     *
     * @param action name in the path, such as {@code sign}
     * @param from local statuses in which it is possible; empty for any except {@link #VOID}
     * @param to local status after it; null if it does not change
     * @param type type of its event
     */
    public record Transition(
            String action, Set<String> from, @Nullable String to, String type) {
        /** Copies the statuses. */
        public Transition {
            from = Set.copyOf(from);
        }

        boolean allowedIn(String status) {
            return from.isEmpty() ? !status.equals(VOID) : from.contains(status);
        }
    }

    /** The status of an object without events, or whose events were all retracted. */
    public static final String VOID = "Void";

    /** Copies the list. */
    public KindModel {
        transitions = List.copyOf(transitions);
    }

    /**
     * Starts the declaration of a kind.
     *
     * @param name such as {@code deal}; its plural has an additional "s"
     * @param prefix prefix of ids
     * @return a builder
     */
    public static Builder named(String name, String prefix) {
        return new Builder(name, prefix);
    }

    /** The creation of objects. */
    Transition creation() {
        return transitions.getFirst();
    }

    /** Finds the transition of an action in a status. An action may have several transitions with different start statuses. */
    Optional<Transition> transition(String action, String status) {
        return transitions.stream()
                .filter(transition -> transition.action().equals(action) && transition.allowedIn(status))
                .findFirst();
    }

    boolean knows(String action) {
        return transitions.stream().anyMatch(transition -> transition.action().equals(action));
    }

    /** Collects the transitions of a kind. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String prefix;
        private final List<Transition> transitions = new ArrayList<>();
        private boolean sequenced;

        private Builder(String name, String prefix) {
            this.name = name;
            this.prefix = prefix;
        }

        /**
         * Makes events carry the version of the object as their sequence.
         *
         * @return this
         */
        public Builder sequenced() {
            sequenced = true;
            return this;
        }

        /**
         * Declares the creation of objects. On an object that is {@link #VOID} it can be performed again.
         *
         * @param action its name
         * @param to local status after it
         * @param type type of the event
         * @return this
         */
        public Builder created(String action, String to, String type) {
            transitions.addFirst(new Transition(action, Set.of(VOID), to, type));
            return this;
        }

        /**
         * Declares an action.
         *
         * @param action its name
         * @param from local statuses in which it is possible
         * @param to local status after it
         * @param type type of the event
         * @return this
         */
        public Builder action(String action, Set<String> from, String to, String type) {
            transitions.add(new Transition(action, from, to, type));
            return this;
        }

        /**
         * Ends the declaration with an action {@code update}, which changes attributes and links but no status.
         *
         * @param type type of its event
         * @return the kind
         */
        public KindModel updatedBy(String type) {
            transitions.add(new Transition("update", Set.of(), null, type));
            return new KindModel(name, name + "s", prefix, sequenced, transitions);
        }
    }
}
