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
public record DealPart(JsonNode body, String problem) {

    /** A part that nobody was asked for. */
    static final DealPart NONE = new DealPart(JsonMapper.shared().createObjectNode(), "");

    static DealPart of(RoleAnswer answer) {
        return answer.isOk() ? new DealPart(answer.body(), "") : new DealPart(NONE.body(), answer.problem());
    }

    static DealPart missing(String problem) {
        return new DealPart(NONE.body(), problem);
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
