package io.masterdeal.model.sla;

/** A policy set cannot be right. It says where, so that a reader of files can name the line. */
public final class SlaPolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String policy;

    private final String offending;

    SlaPolicyException(String policy, String offending, String reason) {
        super(policy.isEmpty() ? reason : "policy '" + policy + "': " + reason);
        this.policy = policy;
        this.offending = offending;
    }

    /** The policy that is wrong; empty if it is about the set as a whole. */
    public String policy() {
        return policy;
    }

    /** The word that is wrong: a stage, a status, a calendar or a name. */
    public String offending() {
        return offending;
    }
}
