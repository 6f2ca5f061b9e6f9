package io.masterdeal.rulesets;

/** A rule set cannot be used. The message has the form {@code file:line: reason}. */
public final class InvalidRuleSetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRuleSetException(String file, int line, String reason) {
        super(file + ":" + line + ": " + reason);
    }

    InvalidRuleSetException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
