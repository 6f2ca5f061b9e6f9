package io.masterdeal.contracts.event;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.text.Rfc3339;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rules for events beyond the form of the envelope and the schema of the data.
 *
 * <p>They are the same for JSON and for Avro. Stateless except for the catalog; thread-safe.
 */
public final class EventRules {
    private final EventCatalog catalog;

    /**
     * Creates the rules for the events of a catalog.
     *
     * @param catalog the known event types
     */
    public EventRules(EventCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Finds the type of an event.
     *
     * @param name name of the type
     * @param violations receives a violation if there is no such type
     * @return the type, or null if unknown
     */
    public @Nullable EventType type(String name, List<Violation> violations) {
        EventType type = catalog.type(name);
        if (type == null) {
            violations.add(new Violation(
                    "/type",
                    "is unknown to the event catalog: \"" + name + "\". Use DOMAIN.object.updated for changes without a"
                            + " type of their own, or add the type to the catalog"));
        }
        return type;
    }

    /**
     * Checks an event.
     *
     * @param event its type must be in the catalog
     * @return every violation found; empty if the event is valid
     */
    public List<Violation> check(Event event) {
        var violations = new ArrayList<Violation>();
        if (!Rfc3339.isWithinBounds(event.envelope().time())) {
            violations.add(new Violation("/time", Rfc3339.OUT_OF_BOUNDS));
        }
        EventType type = type(event.envelope().type(), violations);
        if (type != null) {
            checkSubject(type, event.envelope().subject(), violations);
            checkData(type, event.data(), violations);
        }
        return violations;
    }

    /**
     * Adds the status of the type to data without a status, so that every reader sees the same.
     *
     * @param type type of the event
     * @param data of that type; is modified
     */
    public void complete(EventType type, GenericRecord data) {
        if (type.ofDomain() && type.status() != null && data.get("status") == null) {
            data.put("status", type.status());
        }
    }

    void checkSubject(EventType type, String subject, List<Violation> violations) {
        if (!type.ofDomain() && type.domain().equals("error")) {
            return;
        }
        SubjectKey key;
        try {
            key = SubjectKey.parse(subject);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("/subject", String.valueOf(e.getMessage())));
            return;
        }
        if (type.objectKind() != null && !key.kind().equals(type.objectKind())) {
            violations.add(new Violation(
                    "/subject",
                    "must be a key of kind " + type.objectKind() + ", which " + type.name() + " is about, not "
                            + key.kind()));
        } else if (type.ofDomain() && !key.domain().equals(type.domain())) {
            violations.add(new Violation(
                    "/subject",
                    "must be a key of the domain " + type.domain() + ", which publishes " + type.name() + ", not "
                            + key.domain()));
        }
    }

    void checkData(EventType type, GenericRecord data, List<Violation> violations) {
        Consumer<Violation> found = violations::add;
        DataText.check(data, "/data", found);
        if (type.ofDomain()) {
            new DomainDataCheck(type, data, found).run();
        }
    }
}
