package io.masterdeal.facts;

import java.sql.SQLException;

/** The store could not do its work. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The driver says this, too, if this process has too little memory. */
    private static final String OUT_OF_MEMORY = "53200";

    private final boolean refused;

    private final boolean ofTheData;

    StoreException(String doing, SQLException cause) {
        super(doing + ": " + cause.getMessage(), cause);
        String state = cause.getSQLState();
        this.refused = state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
        this.ofTheData = refused || (state != null && (state.startsWith("XX") || state.equals(OUT_OF_MEMORY)));
    }

    /**
     * Whether the data may be the cause: PostgreSQL refused them, or broke on them, or they do not fit into memory. With fewer
     * data the same statement may succeed.
     */
    boolean isOfTheData() {
        return ofTheData;
    }

    /**
     * Whether PostgreSQL refused the data themselves (SQLSTATE classes 22, 23 and 54), so that trying again is in vain. Otherwise
     * the cause is elsewhere, and the same data may be accepted later.
     */
    public boolean isRefused() {
        return refused;
    }
}
