package io.masterdeal.gateway.events;

import io.masterdeal.gateway.events.Outcome.Refused;
import io.masterdeal.gateway.events.Outcome.Taken;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller is answered.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the body
 */
record Answer(int status, String contentType, ObjectNode body) {
    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final int MULTI_STATUS = 207;

    /** In seconds. */
    private static final String RETRY_AFTER = "5";

    static Answer of(Problem problem) {
        return new Answer(problem.type().status(), PROBLEM_JSON, problem.toJson(""));
    }

    static Answer of(Outcome outcome) {
        return switch (outcome) {
            case Taken taken -> new Answer(taken.status(), JSON, taken.toJson());
            case Refused refused -> of(refused.problem());
        };
    }

    /** All taken: 202; some: 207; none: 503 if it may help to send the batch again, else 422. */
    static Answer of(List<Outcome> outcomes) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        int taken = 0;
        boolean again = false;
        for (Outcome outcome : outcomes) {
            items.add(item(outcome, items.size()));
            switch (outcome) {
                case Taken _ -> taken++;
                case Refused refused -> again |= refused.problem().type().mayPass();
            }
        }
        Answer answer;
        if (taken == outcomes.size()) {
            answer = new Answer(Taken.STATUS, JSON, JsonNodeFactory.instance.objectNode());
        } else if (taken > 0) {
            answer = new Answer(MULTI_STATUS, JSON, JsonNodeFactory.instance.objectNode());
        } else {
            answer = of(Problem.of(
                    again ? ProblemType.UNAVAILABLE : ProblemType.INVALID_EVENT,
                    "No event of the batch was taken; items tell why, in the order sent."));
        }
        answer.body().set("items", items);
        return answer;
    }

    private static ObjectNode item(Outcome outcome, int index) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case Taken taken -> {
                item.put("id", taken.id()).put("status", taken.status());
                taken.toJson().properties().forEach(member -> item.set(member.getKey(), member.getValue()));
            }
            case Refused refused -> {
                item.put("id", refused.id()).put("status", refused.status());
                item.set("problem", refused.problem().toJson("/" + index));
            }
        }
        return item;
    }

    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        if (status == ProblemType.UNAVAILABLE.status()) {
            response.setHeader("Retry-After", RETRY_AFTER);
        } else if (status == ProblemType.UNAUTHENTICATED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"masterdeal\"");
        } else if (status == ProblemType.UNSUPPORTED_MEDIA_TYPE.status()) {
            response.setHeader("Accept", ContentMode.ACCEPTED);
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
