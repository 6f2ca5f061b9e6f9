package io.masterdeal.app.replay.mapping;

import java.util.List;

/** A pattern for an activity or a lifecycle. */
sealed interface TextPattern {

    /** Whether a text, which may be empty, matches. */
    boolean matches(String text);

    /** Any text, also an empty one. */
    record Any() implements TextPattern {
        @Override
        public boolean matches(String text) {
            return true;
        }
    }

    /** Exactly this text. */
    record Exactly(String wanted) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return text.equals(wanted);
        }
    }

    /** Any text with this beginning. */
    record Beginning(String start) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return text.startsWith(start);
        }
    }

    /** Any of several patterns. */
    record AnyOf(List<TextPattern> patterns) implements TextPattern {
        public AnyOf {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean matches(String text) {
            return patterns.stream().anyMatch(p -> p.matches(text));
        }
    }

    /** The pattern for a text of the mapping: a final {@code *} matches any rest. */
    static TextPattern of(String text) {
        return text.endsWith("*") ? new Beginning(text.substring(0, text.length() - 1)) : new Exactly(text);
    }
}
