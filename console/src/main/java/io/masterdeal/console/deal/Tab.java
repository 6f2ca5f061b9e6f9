package io.masterdeal.console.deal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a deal's page of which one is shown at a time. */
public enum Tab {
    /** Each stage: whether its condition holds, what is missing, and the facts that decide. */
    WHY,
    /** The objects of the deal and their links. */
    OBJECTS,
    /** The facts of the deal by page. */
    FACTS,
    /** The SLA clocks, each cycle. */
    SLA,
    /** What was asked of other systems. */
    COMMANDS,
    /** What was delivered to whom. */
    DELIVERIES,
    /** What was published. */
    REVISIONS;

    /** As in the address of the page. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tab of a name in an address; empty if there is none. */
    static Optional<Tab> of(String tag) {
        return Arrays.stream(values()).filter(tab -> tab.tag().equals(tag)).findFirst();
    }
}
