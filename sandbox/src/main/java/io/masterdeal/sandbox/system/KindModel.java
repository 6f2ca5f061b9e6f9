package io.masterdeal.sandbox.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of objects of a system.
 *
 * @param name such as {@code deal}
 * @param plural the segment of its path, such as {@code deals}
 * @param prefix what ids begin with, such as {@code D}
 * @param sequenced whether its events count the versions of the object; if not, their time is the version
 * @param transitions what may be done, the first one being the creation
 */
public record KindModel(String name, String plural, String prefix, boolean sequenced, List<Transition> transitions) {
    /**
     * Something that may be done to an object.
     *
     * @param action name in the path, such as {@code sign}
     * @param from local statuses in which it may be done; empty: in any but {@link #VOID}
     * @param to local status after it; null if it stays as it is
     * @param type type of the event that tells it
     */
    public record Transition(
            String action, Set<String> from, @Nullable String to, String type) {
        /** Takes a copy of the statuses. */
        public Transition {
            from = Set.copyOf(from);
        }

        boolean allowedIn(String status) {
            return from.isEmpty() ? !status.equals(VOID) : from.contains(status);
        }
    }

    /** The status of an object of which nothing was told yet, or everything was taken back. */
    public static final String VOID = "Void";

    /** Takes a copy of the list. */
    public KindModel {
        transitions = List.copyOf(transitions);
    }

    /**
     * Begins the declaration of a kind.
     *
     * @param name such as {@code deal}; its plural has an "s" more
     * @param prefix what ids begin with
     * @return a builder
     */
    public static Builder named(String name, String prefix) {
        return new Builder(name, prefix);
    }

    /** How objects come to be. */
    Transition creation() {
        return transitions.getFirst();
    }

    /** Finds what an action does in a status: an action may have several transitions, which differ in where they begin. */
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
         * Lets events count the versions of the object.
         *
         * @return this
         */
        public Builder sequenced() {
            sequenced = true;
            return this;
        }

        /**
         * Declares how objects come to be. Done again on one that is {@link #VOID} it tells the same anew.
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
         * Declares what may be done.
         *
         * @param action its name
         * @param from local statuses in which it may be done
         * @param to local status after it
         * @param type type of the event
         * @return this
         */
        public Builder action(String action, Set<String> from, String to, String type) {
            transitions.add(new Transition(action, from, to, type));
            return this;
        }

        /**
         * Ends the declaration with an action {@code update}, which changes attributes and links and no status.
         *
         * @param type type of the event that tells it
         * @return the kind
         */
        public KindModel updatedBy(String type) {
            transitions.add(new Transition("update", Set.of(), null, type));
            return new KindModel(name, name + "s", prefix, sequenced, transitions);
        }
    }
}
