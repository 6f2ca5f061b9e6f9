package io.masterdeal.console.live;

/** Where parts of the console say that something has changed which open pages may show. Thread-safe; returns at once. */
public interface LiveTopics {
    /** Deals: their stages, clocks, attributes. Told by the board. */
    String DEALS = "deals";

    /** Alerts. */
    String ALERTS = "alerts";

    /** Operations on many items, and what became of them. */
    String OPERATIONS = "operations";

    /**
     * Something has changed.
     *
     * @param topic as in the attribute {@code data-live} of elements: lower-case letters and hyphens
     */
    void changed(String topic);
}
