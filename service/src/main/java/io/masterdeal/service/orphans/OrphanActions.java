package io.masterdeal.service.orphans;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.EventStatements;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.OrphanNotes;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Sql;
import io.masterdeal.service.intake.IntakeLifecycle;
import io.masterdeal.service.publish.EventOutbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericRecordBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operator does about an orphan. A link is a fact: an event of the object's domain that this service stores and publishes in
 * one transaction, so that the answer is there at once, and the log has what any other event of the domain has. (docs/adr/0048)
 */
@Component
class OrphanActions {

    /** The CloudEvents source of events that an operator makes. */
    static final String SOURCE = "/operator";

    /** Where such a fact was read: nowhere. */
    private static final String ORIGIN = "operator";

    private final FactStore store;

    private final EventOutbox outbox;

    private final EventCatalog catalog;

    private final IntakeLifecycle intake;

    private final Clock clock;

    OrphanActions(FactStore store, EventOutbox outbox, EventCatalog catalog, IntakeLifecycle intake, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.catalog = catalog;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * Who acts, and why.
     *
     * @param actor who acts
     * @param reason why
     */
    record Order(Actor actor, String reason) {}

    /** Why this process can store no event, since its reactions or its catalog are not those in use; empty if it can. */
    Optional<String> standsBy() {
        return intake.standsBy();
    }

    /** Whether events of the system that owns an object can be made: false for one that the catalog does not have. */
    boolean isOfKnownSystem(ObjectKey object) {
        return catalog.type(object.domain() + ".object.updated") != null;
    }

    /**
     * States that an object belongs to a parent.
     *
     * @return the id of the event
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the schema registry is needed and away
     */
    UUID link(ObjectKey object, ObjectKey parent, Order order) {
        Event event = event(object, "object.updated", "links", List.of(parent.value()));
        ObjectNode what = JsonMapper.shared().createObjectNode();
        what.put("object", object.value()).put("parent", parent.value());
        add(event, "link-orphan", what, order, 1);
        return event.envelope().id();
    }

    /**
     * Takes events of an operator about an object back.
     *
     * @param events their ids
     * @return the id of the retraction
     * @throws io.masterdeal.contracts.registry.RegistryUnavailableException if the schema registry is needed and away
     */
    UUID unlink(ObjectKey object, List<UUID> events, Order order) {
        List<String> ids = events.stream().map(UUID::toString).toList();
        Event event = event(object, "event.retracted", "retracts", ids);
        ObjectNode what = JsonMapper.shared().createObjectNode().put("object", object.value());
        ids.forEach(what.putArray("retracts")::add);
        add(event, "unlink-orphan", what, order, ids.size());
        return event.envelope().id();
    }

    private Event event(ObjectKey object, String name, String field, List<String> values) {
        EventType type = catalog.type(object.domain() + "." + name);
        if (type == null) {
            throw new IllegalArgumentException("the event catalog has no events of the system of " + object);
        }
        Envelope envelope = Envelope.builder(UUID.randomUUID(), SOURCE, type.name(), object.value(), clock.instant())
                .build();
        return new Event(
                envelope,
                new GenericRecordBuilder(type.schema()).set(field, values).build());
    }

    private void add(Event event, String action, ObjectNode what, Order order, long items) {
        what.put("event_id", event.envelope().id().toString());
        byte[] message = outbox.message(event);
        store.add(List.of(EventStatements.received(event, ORIGIN)), connection -> {
            note(connection, action, what, order, items);
            outbox.write(connection, message);
        });
    }

    /**
     * Puts an orphan aside until a new fact of it comes.
     *
     * @return false if it is no orphan
     */
    boolean dismiss(ObjectKey object, Order order) {
        return change(
                "dismiss-orphan",
                object,
                order,
                connection -> OrphanNotes.dismiss(
                        connection,
                        object.value(),
                        order.reason(),
                        order.actor().name()));
    }

    /**
     * Takes an orphan back that was put aside.
     *
     * @return false if it is not aside
     */
    boolean restore(ObjectKey object, Order order) {
        return change("restore-orphan", object, order, connection -> OrphanNotes.restore(connection, object.value()));
    }

    /** A change that may not be possible. */
    @FunctionalInterface
    private interface Change {
        boolean make(Connection connection) throws SQLException;
    }

    private boolean change(String action, ObjectKey object, Order order, Change change) {
        boolean[] made = {false};
        store.inTransaction(connection -> {
            made[0] = change.make(connection);
            if (made[0]) {
                note(
                        connection,
                        action,
                        JsonMapper.shared().createObjectNode().put("object", object.value()),
                        order,
                        1);
            }
        });
        return made[0];
    }

    private static void note(Connection connection, String action, ObjectNode what, Order order, long items)
            throws SQLException {
        new Sql(connection)
                .update(
                        "INSERT INTO operator_actions (action, selection, reason, acted_by, principal, items)"
                                + " VALUES (?, ?::jsonb, ?, ?, ?, ?)",
                        action,
                        what.toString(),
                        order.reason(),
                        order.actor().name(),
                        order.actor().principal(),
                        items);
    }
}
