package io.masterdeal.routes.events;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where events of routes go, and those that are refused. Thread-safe. */
public interface EventSink {

    /**
     * Whether events can be published for a domain.
     *
     * @throws RuntimeException if not; the message says why
     */
    void check(String domain);

    /**
     * Publishes events. Returns when each was taken or refused, however long that takes.
     *
     * @param domain whose events they are
     * @param events in structured mode, with ids
     * @param goOn asked now and then whether to try on
     * @return why each was refused (RFC 9457); null for one that was taken
     * @throws EventSinkClosedException if it was told to give up; then it is not known what was taken
     */
    List<@Nullable JsonNode> publish(String domain, List<ObjectNode> events, BooleanSupplier goOn);

    /**
     * Keeps an item that was refused, once, where people find it.
     *
     * @throws NotKeptException if it can be kept nowhere; then the file it came in has to be put aside
     */
    void keep(RejectedItem rejected);
}
