package io.masterdeal.app.replay.mapping;

import java.util.List;

/** What an activity or a lifecycle has to look like. */
sealed interface TextPattern {

    /** Whether a text, which may be empty, fits. */
    boolean matches(String text);

    /** Any text, also none. */
    record Any() implements TextPattern {
        @Override
        public boolean matches(String text) {
            return true;
        }
    }

    /** Just this text. */
    record Exactly(String wanted) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return text.equals(wanted);
        }
    }

    /** Any text that begins so. */
    record Beginning(String start) implements TextPattern {
        @Override
        public boolean matches(String text) {
            return text.startsWith(start);
        }
    }

    /** Any of several. */
    record AnyOf(List<TextPattern> patterns) implements TextPattern {
        public AnyOf {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean matches(String text) {
            return patterns.stream().anyMatch(p -> p.matches(text));
        }
    }

    /** The pattern that a text of the mapping stands for: a final {@code *} is any text that begins so. */
    static TextPattern of(String text) {
        return text.endsWith("*") ? new Beginning(text.substring(0, text.length() - 1)) : new Exactly(text);
    }
}
