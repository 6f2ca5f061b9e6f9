package io.masterdeal.model.rules;

/**
 * A stage of a deal.
 *
 * @param name the name, {@code contracting}
 * @param when its condition
 */
public record Stage(String name, Condition when) {

    /** The name of the stage below all others: no condition holds. */
    public static final String NONE = "none";
}
