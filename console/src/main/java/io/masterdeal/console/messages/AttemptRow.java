package io.masterdeal.console.messages;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An attempt to deliver an event.
 *
 * @param at when it began, UTC
 * @param ms how long it took, in milliseconds
 * @param status HTTP status of the answer; null without an answer, or if the sink does not speak HTTP
 * @param answer what was answered, or what failed; empty if nothing was said or the person may not see it
 * @param replay of which redrive, 0 before the first one
 */
public record AttemptRow(Instant at, long ms, @Nullable Integer status, String answer, int replay) {

    static AttemptRow read(JsonNode attempt, boolean answers) {
        return new AttemptRow(
                JsonField.time(attempt, "at"),
                attempt.path("ms").asLong(0),
                JsonField.number(attempt, "status"),
                answers ? JsonField.text(attempt, "answer") : "",
                attempt.path("replay").asInt(0));
    }

    /** How long it took. */
    public Duration length() {
        return Duration.ofMillis(ms);
    }

    /** Whether the sink took the event. */
    public boolean isTaken() {
        return status != null && status / 100 == 2;
    }
}
