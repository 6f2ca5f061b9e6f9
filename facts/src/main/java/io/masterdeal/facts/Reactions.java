package io.masterdeal.facts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Stores what has to happen because of new facts, in the transaction that stores the facts. */
public interface Reactions {

    /** Nothing ever happens. */
    Reactions NONE = new Reactions() {
        @Override
        public Set<String> types() {
            return Set.of();
        }

        @Override
        public Set<String> lateTypes() {
            return Set.of();
        }

        @Override
        public Written write(Connection connection, Collection<DealFact> facts) {
            return Written.NOTHING;
        }

        @Override
        public void committed(Written written) {}
    };

    /**
     * A standing fact of a deal.
     *
     * @param deal a deal it belongs to
     * @param eventId its event
     * @param contentHash with the event id its identity, in hexadecimal
     * @param type the type of the event
     * @param occurredAt when it happened, UTC, in ms
     * @param replayed whether it was replayed
     */
    record DealFact(UUID deal, UUID eventId, String contentHash, String type, long occurredAt, boolean replayed) {}

    /**
     * What was written.
     *
     * @param pending how many effects are to be sent
     * @param suppressed how many are known not to be sent
     */
    record Written(int pending, int suppressed) {

        /** Nothing. */
        public static final Written NOTHING = new Written(0, 0);
    }

    /** The types of events whose facts are of interest. */
    Set<String> types();

    /**
     * The types whose facts may enter a deal later than they are stored: those about objects other than roots. Such a fact is
     * passed to {@link #write} when its object joins the deal.
     */
    Set<String> lateTypes();

    /**
     * Stores what follows. What is stored already is left as it is.
     *
     * @param connection of the transaction; only for statements
     * @param facts facts of one of the {@link #types}
     */
    Written write(Connection connection, Collection<DealFact> facts) throws SQLException;

    /** Called when what was written is committed. */
    void committed(Written written);
}
