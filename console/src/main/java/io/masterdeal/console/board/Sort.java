package io.masterdeal.console.board;

import java.util.Locale;

/** Orders of the list of deals. Deals that are equal in it are ordered by their root keys. */
public enum Sort {
    /** Those that changed last first. */
    CHANGED,
    /** Those longest in their stage first. */
    AGE,
    /** The largest amounts first. */
    AMOUNT,
    /** The earliest due date of an open clock first; those without one last. */
    DUE,
    /** By root key. */
    KEY;

    /** As in queries. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
