package io.masterdeal.model.rules;

import io.masterdeal.model.ObjectKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a stage needs. A condition reads nothing but statuses and links: neither the order of arrival nor the previous
 * stage, so the same facts always decide it the same way.
 */
public sealed interface Condition {

    /** What it asks for, in English, for people who look for the reason of a stage. */
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
     * The root has ever had a status, whatever came after (ruling 9).
     *
     * @param status an ordered status of the root
     * @param orLater whether a later status stands for it
     */
    record Ever(String status, boolean orLater) implements Condition {
        @Override
        public String describe() {
            return "the deal has ever been at '" + status + (orLater ? "' or later" : "' itself");
        }
    }

    /**
     * A live object of the kind is now at or past a status.
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
     * Every live object of the kind that is at or past one status is at or past another. It holds if there is none.
     *
     * @param among an ordered status of that kind: which objects are looked at
     * @param reached an ordered status of that kind: what they all need
     */
    record Every(ObjectKind kind, String among, String reached) implements Condition {
        @Override
        public String describe() {
            return "every live " + kind + " at '" + among + "' or later is at '" + reached + "' or later";
        }
    }

    /**
     * A live object of one kind is at or past a status, at least one live object of another kind bears on it, and all
     * that do are at or past a status of theirs (ruling 10: a contract and its legal cases). An object that has a
     * status bears on those it reaches by links; one that reaches none of the deal bears on all of them.
     *
     * @param kind the object that is borne on
     * @param reached an ordered status of {@code kind}
     * @param bearing the kind of the objects that bear on it
     * @param every an ordered status of {@code bearing}
     */
    record For(ObjectKind kind, String reached, ObjectKind bearing, String every) implements Condition {
        @Override
        public String describe() {
            return "a live " + kind + " is at '" + reached + "' or later, at least one " + bearing
                    + " bears on it, and all that do are at '" + every + "' or later";
        }
    }
}
