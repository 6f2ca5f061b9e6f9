package io.masterdeal.routes.events;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes events of routes, and keeps rejected items. Thread-safe. */
public interface EventSink {

    /**
     * Checks that events can be published for a domain.
     *
     * @throws RuntimeException if not; the message says why
     */
    void check(String domain);

    /**
     * Publishes events. Returns when each is accepted or rejected, however long that takes.
     *
     * @param domain whose events they are
     * @param events in structured mode, with ids
     * @param goOn asked repeatedly whether to continue
     * @return for each event why it was rejected (RFC 9457), or null if it was accepted
     * @throws EventSinkClosedException if it was stopped; it is not known which events were accepted
     */
    List<@Nullable JsonNode> publish(String domain, List<ObjectNode> events, BooleanSupplier goOn);

    /**
     * Keeps a rejected item, once, where people find it.
     *
     * @throws NotKeptException if it cannot be kept anywhere; the file it came in has to be quarantined
     */
    void keep(RejectedItem rejected);
}
