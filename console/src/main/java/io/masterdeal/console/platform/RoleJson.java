package io.masterdeal.console.platform;

import io.masterdeal.role.http.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** What a role answered, passed on to programs. */
public final class RoleJson {

    private RoleJson() {}

    /**
     * The answer as it is, with its status.
     *
     * @throws Problem with status 503 if the role did not answer
     */
    public static ResponseEntity<JsonNode> of(RoleName role, RoleAnswer answer) {
        if (answer.isAway()) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "the " + role.text() + " does not answer", answer.problem());
        }
        return ResponseEntity.status(answer.status())
                .contentType(answer.isOk() ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.body());
    }
}
