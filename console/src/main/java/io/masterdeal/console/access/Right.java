package io.masterdeal.console.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person may do. Each right includes those before it. */
public enum Right {
    /** Look at everything. */
    VIEWER,
    /** Act on deals, messages and alerts. */
    OPERATOR,
    /** Change rule sets, subscriptions, channels and keys. */
    ADMIN;

    /** As settings, files and commands call it. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads one.
     *
     * @param tag as {@link #tag} gives it
     * @return null if there is no such right
     */
    public static @Nullable Right of(String tag) {
        for (Right right : values()) {
            if (right.tag().equals(tag)) {
                return right;
            }
        }
        return null;
    }

    /** Whether it includes another one. */
    public boolean includes(Right other) {
        return compareTo(other) >= 0;
    }
}
