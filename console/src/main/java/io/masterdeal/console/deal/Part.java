package io.masterdeal.console.deal;

import io.masterdeal.console.platform.RoleAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of the page as its role answered.
 *
 * @param body what the role said; an empty object if it said nothing of use
 * @param problem why there is nothing, as the role says it; empty if there is
 */
public record Part(JsonNode body, String problem) {

    /** A part that nobody was asked for. */
    static final Part NONE = new Part(JsonMapper.shared().createObjectNode(), "");

    static Part of(RoleAnswer answer) {
        return answer.isOk() ? new Part(answer.body(), "") : new Part(NONE.body(), answer.problem());
    }

    static Part missing(String problem) {
        return new Part(NONE.body(), problem);
    }

    /** Whether the role answered what was asked. */
    public boolean isThere() {
        return problem.isEmpty();
    }

    /** The elements of a list in the answer; none if it has no such list. */
    public JsonNode list(String name) {
        return body.path(name);
    }

    /** A text of the answer; empty if it has none. */
    public String text(String name) {
        return body.path(name).asString("");
    }
}
