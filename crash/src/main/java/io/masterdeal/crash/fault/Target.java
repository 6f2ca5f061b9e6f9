package io.masterdeal.crash.fault;

import java.util.Locale;

/** What a fault hits. */
public enum Target {
    /** Any one service process. */
    SERVICE,
    /** Every service process at once. */
    ALL_SERVICES,
    /** The service process that carries canonical events to Kafka. */
    RELAY_LEADER,
    /** The gateway. */
    GATEWAY,
    /** The broker. */
    BROKER,
    /** PostgreSQL, with all its processes. */
    POSTGRESQL;

    /** The name for people. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
