package io.masterdeal.service.store;

import java.sql.SQLException;

/** The store could not do its work. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    StoreException(String doing, SQLException cause) {
        super(doing + ": " + cause.getMessage(), cause);
        String state = cause.getSQLState();
        this.refused = state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    /**
     * Whether PostgreSQL refused the data themselves (SQLSTATE classes 22, 23 and 54), so that trying again is vain.
     * Otherwise the fault lies elsewhere, and the same data may pass later.
     */
    public boolean isRefused() {
        return refused;
    }
}
