package io.masterdeal.sandbox.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a requested change, without the action.
 *
 * @param id the id of a new object; null if the system assigns one
 * @param links keys of objects it belongs to, in addition to its existing links
 * @param attributes attributes to set, text by name, including business fields of the event's type
 * @param context the context of the change
 * @param hold how long the event is held back before it is sent, as when people report something late; usually zero
 */
public record Change(
        @Nullable String id, List<String> links, Map<String, String> attributes, Context context, Duration hold) {
    /**
     * The context of a change.
     *
     * @param correlationId common to all events of a deal's story; null to use the one of the object
     * @param causationId id of the event that caused it; null if none did
     * @param traceparent W3C trace context; null if there is none
     */
    public record Context(
            @Nullable String correlationId,
            @Nullable String causationId,
            @Nullable String traceparent) {
        /** No known context. */
        public static final Context NONE = new Context(null, null, null);

        /**
         * Returns a copy with another cause.
         *
         * @param eventId id of the event that caused it
         * @return the context
         */
        public Context causedBy(@Nullable String eventId) {
            return new Context(correlationId, eventId, traceparent);
        }
    }

    /** Copies the collections. */
    public Change {
        links = List.copyOf(links);
        attributes = Map.copyOf(attributes);
    }

    /**
     * Creates a change that sets nothing.
     *
     * @param context the context of the change
     * @return the change
     */
    public static Change of(Context context) {
        return new Change(null, List.of(), Map.of(), context, Duration.ZERO);
    }

    /**
     * Returns a copy for a new object with this id.
     *
     * @param newId the id
     * @return the change
     */
    public Change withId(String newId) {
        return new Change(newId, links, attributes, context, hold);
    }

    /**
     * Returns a copy with other links.
     *
     * @param newLinks keys
     * @return the change
     */
    public Change with(List<String> newLinks) {
        return new Change(id, newLinks, attributes, context, hold);
    }

    /**
     * Returns a copy with other attributes.
     *
     * @param newAttributes text by name
     * @return the change
     */
    public Change with(Map<String, String> newAttributes) {
        return new Change(id, links, newAttributes, context, hold);
    }

    /**
     * Returns a copy whose event is sent later.
     *
     * @param wait how long the event is held back
     * @return the change
     */
    public Change toldAfter(Duration wait) {
        return new Change(id, links, attributes, context, wait);
    }
}
