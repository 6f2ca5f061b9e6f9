package io.masterdeal.sandbox.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of an object beside the action itself.
 *
 * @param id the id of a new object; null if the system shall give one
 * @param links keys of objects it belongs to, beside those it has already
 * @param attributes attributes to set, text by name; business fields of the event's type among them
 * @param context what it is done for
 * @param hold how long the event is kept back before it is told, which people forget sometimes; usually zero
 */
public record Change(
        @Nullable String id, List<String> links, Map<String, String> attributes, Context context, Duration hold) {
    /**
     * What a change is done for.
     *
     * @param correlationId common to all events of a deal's story; null: that of the object
     * @param causationId id of the event that caused it; null if none did
     * @param traceparent W3C trace context; null if there is none
     */
    public record Context(
            @Nullable String correlationId,
            @Nullable String causationId,
            @Nullable String traceparent) {
        /** For nothing that is known. */
        public static final Context NONE = new Context(null, null, null);

        /**
         * The same with another cause.
         *
         * @param eventId id of the event that caused it
         * @return the context
         */
        public Context causedBy(@Nullable String eventId) {
            return new Context(correlationId, eventId, traceparent);
        }
    }

    /** Takes copies of the collections. */
    public Change {
        links = List.copyOf(links);
        attributes = Map.copyOf(attributes);
    }

    /**
     * A change that sets nothing.
     *
     * @param context what it is done for
     * @return the change
     */
    public static Change of(Context context) {
        return new Change(null, List.of(), Map.of(), context, Duration.ZERO);
    }

    /**
     * The same for a new object with an id of its own.
     *
     * @param newId the id
     * @return the change
     */
    public Change withId(String newId) {
        return new Change(newId, links, attributes, context, hold);
    }

    /**
     * The same with other links.
     *
     * @param newLinks keys
     * @return the change
     */
    public Change with(List<String> newLinks) {
        return new Change(id, newLinks, attributes, context, hold);
    }

    /**
     * The same with other attributes.
     *
     * @param newAttributes text by name
     * @return the change
     */
    public Change with(Map<String, String> newAttributes) {
        return new Change(id, links, newAttributes, context, hold);
    }

    /**
     * The same, told later.
     *
     * @param wait how long the event is kept back
     * @return the change
     */
    public Change toldAfter(Duration wait) {
        return new Change(id, links, attributes, context, wait);
    }
}
