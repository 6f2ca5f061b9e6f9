package io.masterdeal.role.http;

import io.masterdeal.contracts.text.Utf8;
import org.jspecify.annotations.Nullable;

/** Checks a body before it is parsed: that it is valid UTF-8 and not nested too deeply. */
final class BodyText {
    /** The most levels of nested objects and arrays. No body of ours has half as many. */
    static final int DEPTH = 100;

    private BodyText() {}

    /** What is wrong with a body, as a sentence; null if nothing is. */
    static @Nullable String fault(byte[] body) {
        int invalid = Utf8.invalidAt(body);
        if (invalid >= 0) {
            return "The body is no UTF-8: the byte at " + invalid + " (the first is 0) belongs to no character.";
        }
        boolean text = false;
        int depth = 0;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (b == 0) {
                return "The body has a byte 0 at " + i + ": send JSON in UTF-8.";
            } else if (text) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    text = false;
                }
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                if (++depth > DEPTH) {
                    return "The body is nested deeper than " + DEPTH + " levels at byte " + i + ".";
                }
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return null;
    }
}
