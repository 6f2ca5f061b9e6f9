package io.masterdeal.console.platform;

import java.util.Locale;

/** The roles that the console asks. */
public enum RoleName {
    /** Deals, facts, clocks, commands, rule sets. */
    SERVICE,
    /** Messages, deliveries, subscriptions, routes. */
    ROUTER;

    /** As people and settings call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
