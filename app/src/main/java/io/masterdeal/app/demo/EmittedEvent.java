package io.masterdeal.app.demo;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of a simulated system, whether it was sent or not.
 *
 * @param event the CloudEvent
 * @param deal the key of the deal whose story it belongs to; empty if none
 * @param sentAt when the gateway had it, ms since 1970 UTC; null if it does not have it yet
 * @param lost whether it was not sent on purpose
 * @param refused why the gateway refused it; null if it did not
 */
record EmittedEvent(
        JsonNode event,
        String deal,
        @Nullable Long sentAt,
        boolean lost,
        @Nullable String refused) {

    static EmittedEvent of(JsonNode item) {
        JsonNode sentAt = item.path("sent_at");
        return new EmittedEvent(
                item.path("event"),
                item.path("deal").stringValue(""),
                sentAt.isNumber() ? sentAt.longValue() : null,
                item.path("lost").booleanValue(false),
                item.path("refused").stringValue(null));
    }

    /** The event in full: with the status of its type, and with links and attributes even if they are empty. */
    ObjectNode complete() {
        ObjectNode complete = (ObjectNode) event.deepCopy();
        ObjectNode data = complete.withObjectProperty("data");
        EventType type = EventCatalog.bundled().type(event.path("type").stringValue(""));
        if (type != null && type.status() != null) {
            data.put("status", type.status());
        }
        data.withArrayProperty("links");
        data.withObjectProperty("attributes");
        return complete;
    }

    UUID id() {
        return UUID.fromString(event.path("id").stringValue());
    }

    /** The key of the object it is about. */
    String subject() {
        return event.path("subject").stringValue("");
    }

    /** Type and id. */
    String name() {
        return event.path("type").stringValue("") + " " + id();
    }

    /** Whether it retracts other events. */
    boolean isRetraction() {
        return !event.path("data").path("retracts").isEmpty();
    }

    /** Whether the platform can know of it: it was not lost, and not refused. */
    boolean isSent() {
        return !lost && refused == null;
    }
}
