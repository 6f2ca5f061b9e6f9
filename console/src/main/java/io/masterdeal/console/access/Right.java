package io.masterdeal.console.access;

/** What a person may do. Each right includes those before it. */
public enum Right {
    /** Look at everything. */
    VIEWER,
    /** Act on deals, messages and alerts. */
    OPERATOR,
    /** Change rule sets, subscriptions, channels and keys. */
    ADMIN;

    /** Whether it includes another one. */
    public boolean includes(Right other) {
        return compareTo(other) >= 0;
    }
}
