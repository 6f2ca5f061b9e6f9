package io.masterdeal.router.subscription;

import java.net.URI;

/** Where the events of a subscription go. */
public sealed interface Sink {

    /**
     * An HTTP endpoint that gets each event by POST, signed as Standard Webhooks specifies.
     *
     * @param url http or https
     * @param mode how the event is put into the request
     */
    record Http(URI url, Mode mode) implements Sink {}

    /**
     * A Kafka topic that gets each event in structured mode, with the subject as key.
     *
     * @param topic a topic that the platform itself does not read
     */
    record Kafka(String topic) implements Sink {}

    /**
     * A task queue: each event becomes a task with the whole event as payload and the event's id.
     *
     * @param queue not a queue of the platform
     */
    record Queue(String queue) implements Sink {}

    /**
     * A route in this process that reads from {@code direct:NAME}.
     *
     * @param name the NAME of its source
     */
    record Route(String name) implements Sink {}

    /**
     * The topic that a refused record came from: a redrive sends it there unchanged. Only for the bundled subscription to
     * refusals.
     */
    record Origin() implements Sink {}

    /** A content mode of CloudEvents over HTTP (HTTP Protocol Binding 1.0, section 3). */
    enum Mode {
        /** The whole event is the body. */
        STRUCTURED,
        /** The data is the body, the attributes are headers. */
        BINARY
    }
}
