package io.masterdeal.gateway.events;

import io.masterdeal.gateway.events.Outcome.Refused;
import io.masterdeal.gateway.events.Outcome.Taken;
import io.masterdeal.gateway.http.Answer;
import io.masterdeal.gateway.http.Problem;
import io.masterdeal.gateway.http.ProblemType;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How callers are told what became of their events. */
final class EventAnswers {
    private static final String JSON = "application/json";
    private static final int MULTI_STATUS = 207;

    private EventAnswers() {}

    static Answer of(Outcome outcome) {
        return switch (outcome) {
            case Taken taken -> new Answer(taken.status(), JSON, taken.toJson());
            case Refused refused -> Answer.of(refused.problem());
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
            answer = Answer.of(Problem.of(
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
}
