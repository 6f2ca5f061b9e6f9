package io.masterdeal.model.rules;

/** How a deal ended, independent of the stage it reached. */
public enum Outcome {
    /** It has not ended. */
    OPEN,
    /** It reached the final stage. */
    WON,
    /** The current status of its root says that it is lost. */
    LOST,
    /** The current status of its root says that it is cancelled. */
    CANCELLED
}
