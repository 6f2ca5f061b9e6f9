package io.masterdeal.console.platform;

import tools.jackson.databind.JsonNode;

/**
 * What a role answered.
 *
 * @param status HTTP status; 0 if there was no answer
 * @param body the answer, or a problem (RFC 9457); an empty object if there was no answer
 * @param problem why it is not what was asked for, in English as the role says it; empty if it is
 */
public record RoleAnswer(int status, JsonNode body, String problem) {
    /** Whether it is what was asked for. */
    public boolean isOk() {
        return status / 100 == 2;
    }

    /** Whether the role says that there is no such thing. */
    public boolean isAbsent() {
        return status == 404;
    }

    /** Whether the role could not be reached, or did not answer in time. */
    public boolean isAway() {
        return status == 0;
    }
}
