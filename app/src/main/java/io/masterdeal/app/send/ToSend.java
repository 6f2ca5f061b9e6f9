package io.masterdeal.app.send;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One event of a file, or a part of the file that is none. */
public sealed interface ToSend {
    /** Where in the file it is, such as {@code line 3}; empty if the file is one event. */
    String place();

    /** The event's id, if that can be told. */
    @Nullable
    String id();

    /** The event's type, if that can be told. */
    @Nullable
    String type();

    /** In structured mode; on its own, or one of a batch or of lines. */
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

    /** In binary mode. */
    final class Binary implements ToSend {
        private final Map<String, List<String>> headers;
        private final byte[] data;

        /**
         * @param headers by name in lower case, each with its values in order; those of CloudEvents alone
         * @param data what follows the empty line
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

    /** What cannot be sent, and why not. */
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
