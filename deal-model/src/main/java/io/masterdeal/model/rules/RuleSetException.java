package io.masterdeal.model.rules;

/** A rule set is inconsistent. The exception says where, so that the reader of a file can report the line. */
public final class RuleSetException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String stage;

    private final String offending;

    RuleSetException(String stage, String offending, String reason) {
        super(stage.isEmpty() ? reason : "stage '" + stage + "': " + reason);
        this.stage = stage;
        this.offending = offending;
    }

    /** The stage whose condition is wrong; empty if the error is not in a stage. */
    public String stage() {
        return stage;
    }

    /** The word that is wrong: a kind, a status, a stage or a keyword. */
    public String offending() {
        return offending;
    }
}
