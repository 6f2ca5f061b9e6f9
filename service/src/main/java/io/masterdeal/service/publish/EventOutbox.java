package io.masterdeal.service.publish;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Publishes events of domains that this service itself makes, together with a transaction: the relay carries them to the topic of
 * their type if and only if it commits.
 */
@Component
public class EventOutbox {

    private final EventSerde serde;

    EventOutbox(EventSerde serde) {
        this.serde = serde;
    }

    /**
     * Makes the message of an event. It may ask the schema registry, so it belongs before the transaction.
     *
     * @param event of a type in the catalog
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the registry cannot answer now
     * @throws io.masterdeal.contracts.event.InvalidEventException if the event breaks the contracts
     */
    public byte[] message(Event event) {
        return OutboxRecord.write(serde.serialize(event));
    }

    /**
     * Writes a message into the write-ahead log, where it stands if and only if the transaction commits.
     *
     * @param connection in a transaction
     * @param message of {@link #message}
     */
    public void write(Connection connection, byte[] message) throws SQLException {
        new Sql(connection)
                .query(
                        "SELECT count(pg_logical_emit_message(true, ? || current_schema(), message))"
                                + " FROM unnest(?) AS t (message)",
                        _ -> true,
                        Relay.OUTBOX,
                        new Sql.Bytes(List.of(message)));
    }
}
