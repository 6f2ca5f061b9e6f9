package io.masterdeal.contracts.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of every event: those of CloudEvents 1.0 and our extensions.
 *
 * <p>In CloudEvents the names are {@code id, source, type, subject, time, sequence, correlationid, causationid,
 * masterdealid, traceparent, replayed}.
 *
 * @param id unique id of the event ({@code event_id})
 * @param source the publisher of the event, a URI reference such as {@code /crm}
 * @param type event type, such as {@code crm.deal.created}
 * @param subject key of the object the event is about, such as {@code crm:deal:D-1}; also the Kafka key
 * @param time when it occurred, UTC, truncated to milliseconds
 * @param sequence version of the object, 0 to 2^63-1; null if the domain has no versions; then the time is the version
 * @param correlationId common to a chain of events; null if there is none
 * @param causationId id of what caused this event; null if unknown
 * @param masterDealId id of the deal the object belongs to, if the domain knows it; null otherwise
 * @param traceparent W3C trace context of the request that published it; null if there is none
 * @param replayed true if the event was replayed from a log of the past, so that it triggers no effects
 */
public record Envelope(
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        @Nullable Long sequence,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable UUID masterDealId,
        @Nullable String traceparent,
        boolean replayed) {

    /**
     * Truncates the time to milliseconds.
     *
     * @throws IllegalArgumentException if the sequence is negative
     */
    public Envelope {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subject, "subject");
        time = Objects.requireNonNull(time, "time").truncatedTo(ChronoUnit.MILLIS);
        if (sequence != null && sequence < 0) {
            throw new IllegalArgumentException("sequence must be 0 or greater, not " + sequence);
        }
    }

    /**
     * Starts an envelope with the required attributes.
     *
     * @param id unique id of the event
     * @param source the publisher of the event, a URI reference
     * @param type event type
     * @param subject key of the object the event is about
     * @param time when it occurred
     * @return a builder whose other fields are absent
     */
    public static Builder builder(UUID id, String source, String type, String subject, Instant time) {
        return new Builder(id, source, type, subject, time);
    }

    /**
     * Starts a copy of this envelope.
     *
     * @return a builder with all fields of this envelope
     */
    public Builder toBuilder() {
        return new Builder(id, source, type, subject, time)
                .sequence(sequence)
                .correlationId(correlationId)
                .causationId(causationId)
                .masterDealId(masterDealId)
                .traceparent(traceparent)
                .replayed(replayed);
    }

    /** Collects the fields of an envelope. Not thread-safe. */
    public static final class Builder {
        private final UUID id;
        private final String source;
        private final String type;
        private final String subject;
        private final Instant time;
        private @Nullable Long sequence;
        private @Nullable String correlationId;
        private @Nullable String causationId;
        private @Nullable UUID masterDealId;
        private @Nullable String traceparent;
        private boolean replayed;

        private Builder(UUID id, String source, String type, String subject, Instant time) {
            this.id = id;
            this.source = source;
            this.type = type;
            this.subject = subject;
            this.time = time;
        }

        /**
         * Sets the version of the object.
         *
         * @param value 0 or greater, or null for none
         * @return this
         */
        public Builder sequence(@Nullable Long value) {
            sequence = value;
            return this;
        }

        /**
         * Sets the id common to a chain of events.
         *
         * @param value any text, or null for none
         * @return this
         */
        public Builder correlationId(@Nullable String value) {
            correlationId = value;
            return this;
        }

        /**
         * Sets the id of the cause.
         *
         * @param value any text, or null if unknown
         * @return this
         */
        public Builder causationId(@Nullable String value) {
            causationId = value;
            return this;
        }

        /**
         * Sets the id of the deal.
         *
         * @param value the id, or null if unknown
         * @return this
         */
        public Builder masterDealId(@Nullable UUID value) {
            masterDealId = value;
            return this;
        }

        /**
         * Sets the trace context.
         *
         * @param value as of W3C Trace Context, or null for none
         * @return this
         */
        public Builder traceparent(@Nullable String value) {
            traceparent = value;
            return this;
        }

        /**
         * Marks the event as replayed.
         *
         * @param value true if it must trigger no effects
         * @return this
         */
        public Builder replayed(boolean value) {
            replayed = value;
            return this;
        }

        /**
         * Builds the envelope.
         *
         * @return the envelope
         * @throws IllegalArgumentException if the sequence is negative
         */
        public Envelope build() {
            return new Envelope(
                    id,
                    source,
                    type,
                    subject,
                    time,
                    sequence,
                    correlationId,
                    causationId,
                    masterDealId,
                    traceparent,
                    replayed);
        }
    }
}
