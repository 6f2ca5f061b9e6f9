package io.masterdeal.gateway.events;

import io.masterdeal.gateway.events.EventResult.Refused;
import io.masterdeal.gateway.events.EventResult.Taken;
import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.role.http.JsonAnswer;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells callers the results of their events. */
final class EventAnswers {
    private static final String JSON = "application/json";
    private static final int MULTI_STATUS = 207;

    private EventAnswers() {}

    static JsonAnswer of(EventResult outcome) {
        return switch (outcome) {
            case Taken taken -> new JsonAnswer(taken.status(), JSON, taken.toJson());
            case Refused refused -> refused.problem().answer();
        };
    }

    /** All taken: 202; some: 207; none: 503 if sending the batch again may help, otherwise 422. */
    static JsonAnswer of(List<EventResult> outcomes) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        int taken = 0;
        boolean again = false;
        for (EventResult outcome : outcomes) {
            items.add(item(outcome, items.size()));
            switch (outcome) {
                case Taken _ -> taken++;
                case Refused refused -> again |= refused.problem().type().mayPass();
            }
        }
        JsonAnswer answer;
        if (taken == outcomes.size()) {
            answer = new JsonAnswer(Taken.STATUS, JSON, JsonNodeFactory.instance.objectNode());
        } else if (taken > 0) {
            answer = new JsonAnswer(MULTI_STATUS, JSON, JsonNodeFactory.instance.objectNode());
        } else {
            answer = GatewayProblem.of(
                            again ? ProblemType.UNAVAILABLE : ProblemType.INVALID_EVENT,
                            "No event of the batch was taken; items tell why, in the order sent.")
                    .answer();
        }
        answer.body().set("items", items);
        return answer;
    }

    private static ObjectNode item(EventResult outcome, int index) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case Taken taken -> {
                item.put("id", taken.id()).put("status", taken.status());
                taken.toJson().properties().forEach(member -> item.set(member.getKey(), member.getValue()));
            }
            case Refused refused -> {
                item.put("id", refused.id()).put("status", refused.status());
                item.set("problem", refused.problem().document().toJson("/" + index));
            }
        }
        return item;
    }
}
