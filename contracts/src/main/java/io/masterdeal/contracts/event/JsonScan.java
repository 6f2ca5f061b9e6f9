package io.masterdeal.contracts.event;

import io.masterdeal.contracts.text.JsonPointers;
import io.masterdeal.contracts.text.Utf8;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks a parsed JSON tree for depth, size and text that cannot be stored, before anything else reads it. */
final class JsonScan {
    private final List<Violation> violations;
    private long bytes;

    private JsonScan(List<Violation> violations) {
        this.violations = violations;
    }

    /** Whether the tree may be processed further; if not, the violations say why. */
    static boolean passes(JsonNode json, String pointer, int depth, List<Violation> violations) {
        var scan = new JsonScan(violations);
        scan.node(json, pointer, depth);
        if (scan.bytes > Limits.EVENT_BYTES) {
            violations.add(new Violation("", "is longer than the " + Limits.EVENT_BYTES + " bytes an event may have"));
        }
        return violations.isEmpty();
    }

    private void node(JsonNode node, String pointer, int depth) {
        if (bytes > Limits.EVENT_BYTES) {
            return;
        }
        if (node.isString()) {
            text(node.stringValue(), pointer);
        } else if (node.isContainer() && depth > Limits.DEPTH) {
            violations.add(new Violation(pointer, "is nested deeper than " + Limits.DEPTH + " levels"));
        } else if (node.isObject()) {
            for (var property : node.properties()) {
                String here = JsonPointers.child(pointer, property.getKey());
                text(property.getKey(), here);
                node(property.getValue(), here, depth + 1);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                node(node.get(i), pointer + "/" + i, depth + 1);
            }
        } else {
            bytes++;
        }
    }

    private void text(String text, String pointer) {
        bytes += Utf8.length(text) + 2L;
        if (Utf8.hasForbidden(text)) {
            violations.add(new Violation(pointer, DataText.FORBIDDEN));
        }
    }
}
