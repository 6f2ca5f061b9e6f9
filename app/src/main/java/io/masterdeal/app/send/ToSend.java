package io.masterdeal.app.send;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An event of a file, or a part of the file that is not an event. */
public sealed interface ToSend {
    /** Where in the file it is, such as {@code line 3}; empty if the file is one event. */
    String place();

    /** The event's id; null if it cannot be read. */
    @Nullable
    String id();

    /** The event's type; null if it cannot be read. */
    @Nullable
    String type();

    /** An event in structured mode, alone or in a batch or a line. */
    record Structured(String place, ObjectNode event) implements ToSend {
        @Override
        public @Nullable String id() {
            return text("id");
        }

        @Override
        public @Nullable String type() {
            return text("type");
        }

        private @Nullable String text(String name) {
            return event.path(name).isString() ? event.path(name).stringValue() : null;
        }
    }

    /** An event in binary mode. */
    final class Binary implements ToSend {
        private final Map<String, List<String>> headers;
        private final byte[] data;

        /**
         * @param headers the CloudEvents headers: by name in lower case, each with its values in order
         * @param data the content after the empty line
         */
        Binary(Map<String, List<String>> headers, byte[] data) {
            this.headers = headers;
            this.data = data;
        }

        Map<String, List<String>> headers() {
            return headers;
        }

        byte[] data() {
            return data;
        }

        @Override
        public String place() {
            return "";
        }

        @Override
        public @Nullable String id() {
            return first("ce-id");
        }

        @Override
        public @Nullable String type() {
            return first("ce-type");
        }

        private @Nullable String first(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.getFirst();
        }
    }

    /** A part that cannot be sent, and why. */
    record Unreadable(String place, String reason) implements ToSend {
        @Override
        public @Nullable String id() {
            return null;
        }

        @Override
        public @Nullable String type() {
            return null;
        }
    }
}
