package io.masterdeal.model.rules;

/**
 * How far a deal got.
 *
 * @param name the name, {@code contracting}
 * @param when what it needs
 */
public record Stage(String name, Condition when) {

    /** The name of the stage below all others: no condition holds. */
    public static final String NONE = "none";
}
