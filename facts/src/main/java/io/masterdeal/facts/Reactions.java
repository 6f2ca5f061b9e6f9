package io.masterdeal.facts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** What has to happen because of facts that are new. It is written down in the transaction that stores them. */
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
     * @param replayed whether it was told again rather than new
     */
    record DealFact(UUID deal, UUID eventId, String contentHash, String type, long occurredAt, boolean replayed) {}

    /**
     * What was written.
     *
     * @param pending what is to be done
     * @param suppressed what is known not to be done
     */
    record Written(int pending, int suppressed) {

        /** Nothing. */
        public static final Written NOTHING = new Written(0, 0);
    }

    /** The types of events whose facts are of interest. */
    Set<String> types();

    /**
     * Of which of these types facts may belong to a deal only later than they are stored: those about other objects than roots.
     * Such a fact is told of when its object joins the deal.
     */
    Set<String> lateTypes();

    /**
     * Writes down what follows. What is written already is left as it is.
     *
     * @param connection of the transaction; to be used for statements alone
     * @param facts facts of one of the {@link #types}
     */
    Written write(Connection connection, Collection<DealFact> facts) throws SQLException;

    /** What was written is committed. */
    void committed(Written written);
}
