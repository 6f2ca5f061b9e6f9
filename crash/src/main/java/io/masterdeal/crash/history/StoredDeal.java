package io.masterdeal.crash.history;

import tools.jackson.databind.JsonNode;

/**
 * A row of the table {@code deals}.
 *
 * @param id the deal's id
 * @param root its root's key
 * @param known whether a fact names it
 * @param answer what it says, in the fields and forms of {@code GET /masterdeal/ID}, as far as a canonical event has them
 */
public record StoredDeal(String id, String root, boolean known, JsonNode answer) {}
