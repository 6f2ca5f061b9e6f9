package io.masterdeal.model.rules;

import io.masterdeal.model.ObjectKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a stage requires. A condition reads only statuses and links, never the order of arrival or the previous stage, so
 * the same facts always give the same result.
 */
public sealed interface Condition {

    /** What it requires, in English, for people who want to know the reason for a stage. */
    String describe();

    /** Every one of these holds. */
    record All(List<Condition> of) implements Condition {
        /** Copies the list. */
        public All {
            of = List.copyOf(of);
        }

        @Override
        public String describe() {
            return of.stream().map(Condition::describe).collect(Collectors.joining(" and ", "(", ")"));
        }
    }

    /** At least one of these holds. */
    record Any(List<Condition> of) implements Condition {
        /** Copies the list. */
        public Any {
            of = List.copyOf(of);
        }

        @Override
        public String describe() {
            return of.stream().map(Condition::describe).collect(Collectors.joining(" or ", "(", ")"));
        }
    }

    /**
     * The root has had a status at some time, whatever happened later (ruling 9).
     *
     * @param status an ordered status of the root
     * @param orLater whether a later status satisfies it too
     */
    record Ever(String status, boolean orLater) implements Condition {
        @Override
        public String describe() {
            return "the deal has ever been at '" + status + (orLater ? "' or later" : "' itself");
        }
    }

    /**
     * At least one live object of the kind is now at or past a status.
     *
     * @param reached an ordered status of that kind
     */
    record Some(ObjectKind kind, String reached) implements Condition {
        @Override
        public String describe() {
            return "a live " + kind + " is at '" + reached + "' or later";
        }
    }

    /**
     * Every live object of the kind that is at or past one status is at or past another. It holds if there is no such object.
     *
     * @param among an ordered status of that kind that selects the objects
     * @param reached an ordered status of that kind that they must all have reached
     */
    record Every(ObjectKind kind, String among, String reached) implements Condition {
        @Override
        public String describe() {
            return "every live " + kind + " at '" + among + "' or later is at '" + reached + "' or later";
        }
    }

    /**
     * A live object of one kind is at or past a status, at least one live object of another kind bears on it, and all
     * that do are at or past a status of theirs (ruling 10: a contract and its legal cases). An object with a status bears
     * on the objects of {@code kind} that it reaches by links within the deal; one that reaches none bears on all of them.
     *
     * @param kind the kind of the object that the others bear on
     * @param reached an ordered status of {@code kind}
     * @param bearing the kind of the objects that bear on it
     * @param every an ordered status of {@code bearing} that all of them must have reached
     */
    record For(ObjectKind kind, String reached, ObjectKind bearing, String every) implements Condition {
        @Override
        public String describe() {
            return "a live " + kind + " is at '" + reached + "' or later, at least one " + bearing
                    + " bears on it, and all that do are at '" + every + "' or later";
        }
    }
}
