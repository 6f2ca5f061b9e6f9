package io.masterdeal.model.deal;

/** Which way a deal went. */
public enum Direction {
    /** To a later stage. */
    FORWARD,
    /** To an earlier stage. */
    BACKWARD
}
