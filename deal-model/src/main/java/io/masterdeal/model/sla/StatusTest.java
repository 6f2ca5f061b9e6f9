package io.masterdeal.model.sla;

import java.util.Set;

/** What a condition asks of the status of one object. */
public sealed interface StatusTest {

    /**
     * The status or a later one.
     *
     * @param status one in the order of the object's kind
     */
    record Reached(String status) implements StatusTest {}

    /**
     * One of these statuses, whether in the order of the kind or not.
     *
     * @param statuses at least one
     */
    record Is(Set<String> statuses) implements StatusTest {
        /** Copies the set. */
        public Is {
            statuses = Set.copyOf(statuses);
        }
    }
}
