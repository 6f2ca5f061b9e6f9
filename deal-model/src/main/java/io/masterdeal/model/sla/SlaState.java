package io.masterdeal.model.sla;

/** How a cycle, or the last cycle of a clock, stands. Of a cycle, the first that fits. */
public enum SlaState {
    /** The clock has no cycle. */
    NOT_STARTED,
    /** Cancelled, breached or not. */
    CANCELLED,
    /** It took longer than its target; open or stopped. */
    BREACHED,
    /** Stopped in time. */
    MET,
    /** Open, and no time is counted. */
    PAUSED,
    /** Open, and time is counted. */
    RUNNING
}
