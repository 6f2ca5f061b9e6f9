package io.masterdeal.model.deal;

/** The direction in which a deal moved. */
public enum Direction {
    /** To a later stage. */
    FORWARD,
    /** To an earlier stage. */
    BACKWARD
}
