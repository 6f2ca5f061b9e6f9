package io.masterdeal.facts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Is told of every new revision of a deal, in the transaction that makes it.
 *
 * @param <M> what it makes of one change
 */
public interface DealListener<M> {

    /**
     * Makes of a change what {@link #write} gets if the deal is settled. Any exception but {@link NotNowException} concerns this
     * deal
     * alone: it keeps its answer and is tried again later.
     *
     * @param change the change
     * @throws NotNowException if it cannot be done now, with nothing wrong with the change
     */
    M prepare(DealChange change);

    /**
     * Writes what was prepared.
     *
     * @param connection of the transaction; only for statements
     * @param prepared in the order in which the deals were settled; not empty
     */
    void write(Connection connection, List<M> prepared) throws SQLException;

    /** Something that is needed is out of reach: the whole transaction is tried again later. */
    final class NotNowException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * @param cause what is out of reach
         */
        public NotNowException(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
