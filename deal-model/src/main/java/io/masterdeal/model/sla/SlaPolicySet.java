package io.masterdeal.model.sla;

import java.util.List;

/**
 * The policies that hold together.
 *
 * @param name what the set is called, {@code default}
 * @param version counts the changes of the set of that name
 * @param policies in the order of reports
 */
public record SlaPolicySet(String name, int version, List<SlaPolicy> policies) {

    /** Copies the list. */
    public SlaPolicySet {
        policies = List.copyOf(policies);
    }

    /** What reports are said to be made with: {@code default@1}. */
    public String label() {
        return name + "@" + version;
    }
}
