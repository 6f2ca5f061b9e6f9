package io.masterdeal.model.rules;

/** A rule set contradicts itself. It says where, so that a reader of files can name the line. */
public final class RuleSetException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String stage;

    private final String offending;

    RuleSetException(String stage, String offending, String reason) {
        super(stage.isEmpty() ? reason : "stage '" + stage + "': " + reason);
        this.stage = stage;
        this.offending = offending;
    }

    /** The stage whose condition is wrong; empty if it is not about one. */
    public String stage() {
        return stage;
    }

    /** The word that is wrong: a kind, a status or the name of a stage. */
    public String offending() {
        return offending;
    }
}
