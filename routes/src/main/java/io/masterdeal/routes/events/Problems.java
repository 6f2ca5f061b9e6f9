package io.masterdeal.routes.events;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Problems that a route finds itself (RFC 9457). */
final class Problems {

    private Problems() {}

    static ObjectNode of(String title, String detail) {
        return JsonNodeFactory.instance.objectNode().put("title", title).put("detail", detail);
    }
}
