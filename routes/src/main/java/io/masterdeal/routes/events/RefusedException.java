package io.masterdeal.routes.events;

import tools.jackson.databind.JsonNode;

/** An event that a route made of a delivery was refused: the ledger keeps it, as a dead letter. */
public final class RefusedException extends RuntimeException {

    /**
     * @param problem why (RFC 9457)
     */
    public RefusedException(JsonNode problem) {
        super("refused: " + problem);
    }
}
