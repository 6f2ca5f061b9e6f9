package io.masterdeal.gateway.publish;

/** An event is not known to be in Kafka. The message is for operators and may name addresses; no secrets. */
public final class PublishException extends RuntimeException {
    /** Why an event could not be published. */
    public enum Reason {
        /** Kafka did not answer in time; the event may still have arrived. */
        KAFKA_UNAVAILABLE,
        /** The schema registry cannot answer now; nothing was sent. */
        REGISTRY_UNAVAILABLE,
        /** The schema registry refuses the schema of this type; nothing was sent, and trying again will not help. */
        SCHEMA_REFUSED,
        /** The event is larger than Kafka accepts; nothing was kept, and trying again will not help. */
        TOO_LARGE
    }

    private final Reason reason;

    PublishException(Reason reason, Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
