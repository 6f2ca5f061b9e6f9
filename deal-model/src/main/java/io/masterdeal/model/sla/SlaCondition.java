package io.masterdeal.model.sla;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a clock asks of a deal at one instant. It reads neither the past of stages nor the order of arrival, so the same facts always
 * decide it the same way.
 */
public sealed interface SlaCondition {

    /** Every one of these holds. */
    record All(List<SlaCondition> of) implements SlaCondition {
        /** Copies the list. */
        public All {
            of = List.copyOf(of);
        }
    }

    /** At least one of these holds. */
    record Any(List<SlaCondition> of) implements SlaCondition {
        /** Copies the list. */
        public Any {
            of = List.copyOf(of);
        }
    }

    /** This one does not hold. */
    record Not(SlaCondition condition) implements SlaCondition {}

    /** The deal's stage is this one or a later one; {@code none} is before all. */
    record StageReached(String stage) implements SlaCondition {}

    /** The deal's stage is one of these. */
    record StageIs(Set<String> stages) implements SlaCondition {
        /** Copies the set. */
        public StageIs {
            stages = Set.copyOf(stages);
        }
    }

    /** The condition of a stage of the rule set holds, whatever the stage is. */
    record Holds(String stage) implements SlaCondition {}

    /** The deal's outcome is one of these. */
    record OutcomeIs(Set<Outcome> outcomes) implements SlaCondition {
        /** Copies the set. */
        public OutcomeIs {
            outcomes = Set.copyOf(outcomes);
        }
    }

    /** The root ever had such a status, up to this instant. */
    record Ever(StatusTest test) implements SlaCondition {}

    /** An object of the kind has such a status now. */
    record Some(ObjectKind kind, StatusTest test) implements SlaCondition {}

    /**
     * Every live object of the kind that is at or past one status is at or past another. It holds if there is none.
     *
     * @param among which objects are looked at
     * @param reached what they all need
     */
    record Every(ObjectKind kind, String among, String reached) implements SlaCondition {}

    /** The object of the clock has such a status now. */
    record This(StatusTest test) implements SlaCondition {}

    /** The root's attribute is one of these texts; one that is absent is none of them. */
    record AttributeIs(String name, Set<String> values) implements SlaCondition {
        /** Copies the set. */
        public AttributeIs {
            values = Set.copyOf(values);
        }
    }

    /** The root's attribute is a decimal number, and not less than this one. */
    record AttributeAtLeast(String name, long least) implements SlaCondition {}

    /** The cycle started before that instant; in segments only. */
    record StartedBefore(Instant instant) implements SlaCondition {}
}
