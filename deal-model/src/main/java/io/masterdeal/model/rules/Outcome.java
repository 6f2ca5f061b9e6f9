package io.masterdeal.model.rules;

/** How a deal ends, apart from how far it got: a register of its own. */
public enum Outcome {
    /** Nothing ended it yet. */
    OPEN,
    /** It reached the final stage. */
    WON,
    /** The current status of its root says that it is lost. */
    LOST,
    /** The current status of its root says that it is cancelled. */
    CANCELLED
}
