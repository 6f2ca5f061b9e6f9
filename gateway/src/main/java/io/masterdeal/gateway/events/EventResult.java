package io.masterdeal.gateway.events;

import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.publish.Placed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The result of one event. */
sealed interface EventResult {
    /** Its HTTP status. */
    int status();

    /** Kafka has it. */
    record Taken(String id, Placed placed) implements EventResult {
        static final int STATUS = 202;

        @Override
        public int status() {
            return STATUS;
        }

        ObjectNode toJson() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id)
                    .put("topic", placed.topic())
                    .put("partition", placed.partition())
                    .put("offset", placed.offset());
        }
    }

    /** It was refused. */
    record Refused(@Nullable String id, GatewayProblem problem) implements EventResult {
        @Override
        public int status() {
            return problem.type().status();
        }
    }
}
