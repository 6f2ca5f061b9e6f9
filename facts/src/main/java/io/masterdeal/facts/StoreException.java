package io.masterdeal.facts;

import java.sql.SQLException;

/** The store could not do its work. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the driver says, too, if this process has not enough. */
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
     * Whether it may be the data that are at fault: PostgreSQL refused them, or broke on them, or they do not fit into memory. With
     * fewer data the same may pass.
     */
    boolean isOfTheData() {
        return ofTheData;
    }

    /**
     * Whether PostgreSQL refused the data themselves (SQLSTATE classes 22, 23 and 54), so that trying again is vain.
     * Otherwise the fault lies elsewhere, and the same data may pass later.
     */
    public boolean isRefused() {
        return refused;
    }
}
