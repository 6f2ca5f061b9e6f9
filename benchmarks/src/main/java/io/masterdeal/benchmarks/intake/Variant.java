package io.masterdeal.benchmarks.intake;

import java.util.Locale;

/** What the rate is measured of. */
public enum Variant {
    /** The service. */
    MASTERDEAL("MasterDeal"),

    /** Two processes of the service, of which one leads and one stands by. */
    TWO_PROCESSES("MasterDeal, two processes"),

    /** Two processes of the service, which share the partitions. */
    TWO_SHARING("MasterDeal, two that share"),

    /** The control on one connection. */
    CONTROL_1("control, one connection"),

    /** The control on two connections. */
    CONTROL_2("control, two connections"),

    /** Rows alone, on one connection. */
    BARE_SQL_1("rows alone, one connection"),

    /** Rows alone, on two connections. */
    BARE_SQL_2("rows alone, two connections"),

    /** The service, given the same events in reverse order. */
    REVERSED("MasterDeal, every event late");

    private final String title;

    Variant(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** For programs. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
