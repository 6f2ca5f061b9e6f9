package io.masterdeal.contracts.kafka;

import io.masterdeal.contracts.event.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A Kafka record is not a valid event and never will be (a poison message). It belongs in {@code error.events}. */
public final class UndecodableEventException extends RuntimeException {
    /** Why a record is not a valid event. */
    public enum Reason {
        /** The record has no value. */
        NO_VALUE("no-value"),
        /** The value is not in Confluent's wire format: too short, or with another first byte. */
        NOT_WIRE_FORMAT("not-wire-format"),
        /** The registry has no schema with the id in the value, or one that is not Avro. */
        UNKNOWN_SCHEMA("unknown-schema"),
        /** The schema in the registry is not the one of the event type in the header. */
        SCHEMA_NOT_OF_TYPE("schema-not-of-type"),
        /** The value does not match its schema, or cannot be read with the schema of the catalog. */
        UNREADABLE_DATA("unreadable-data"),
        /** The catalog has no such event type. */
        UNKNOWN_TYPE("unknown-type"),
        /** The event type belongs in another topic. */
        WRONG_TOPIC("wrong-topic"),
        /** The key of the record is not the subject of the event. */
        KEY_NOT_SUBJECT("key-not-subject"),
        /** Headers or data violate the rules of the contracts. */
        INVALID_EVENT("invalid-event");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /**
         * The code of the reason in an {@code error.event}.
         *
         * @return such as {@code unknown-schema}
         */
        public String code() {
            return code;
        }
    }

    private final Reason reason;
    private final transient List<Violation> violations;

    UndecodableEventException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.violations = List.of();
    }

    UndecodableEventException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.violations = List.of();
    }

    UndecodableEventException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.reason = Reason.INVALID_EVENT;
        this.violations = List.copyOf(violations);
    }

    /**
     * Why the record is not a valid event.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The rules that the event violates.
     *
     * @return at least one if the reason is {@link Reason#INVALID_EVENT}, else none
     */
    public List<Violation> violations() {
        return violations;
    }
}
