package io.masterdeal.sandbox.notification;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.sandbox.system.Refusal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what subscribers need from canonical events, and ignores everything else. */
final class CanonicalData {
    private CanonicalData() {}

    /**
     * The data of a canonical event.
     *
     * @return data with the text {@code root} and the number {@code revision}
     * @throws Refusal 422 if it is not the event of a deal
     */
    static JsonNode of(Notification notification) {
        JsonNode data = notification.json().path("data");
        if (!notification.json().path("type").asString("").startsWith("masterdeal.")) {
            throw Refusal.invalid(List.of(new Violation("/type", "must be that of a canonical event, masterdeal.*")));
        }
        if (!data.path("root").isString() || !data.path("revision").isIntegralNumber()) {
            throw Refusal.invalid(List.of(new Violation("/data", "must have root and revision")));
        }
        return data;
    }
}
