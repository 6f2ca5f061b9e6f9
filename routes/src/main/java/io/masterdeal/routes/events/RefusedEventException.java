package io.masterdeal.routes.events;

import tools.jackson.databind.JsonNode;

/** The event that a route made of a delivery was rejected: the ledger keeps it as a dead letter. */
public final class RefusedEventException extends RuntimeException {

    /**
     * @param problem why (RFC 9457)
     */
    public RefusedEventException(JsonNode problem) {
        super("refused: " + problem);
    }
}
