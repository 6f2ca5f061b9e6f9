package io.masterdeal.app.replay.mapping;

/** The source of a text of an event: one of its attributes, or the mapping itself. */
sealed interface TextSource {

    /** The text for an event; empty if the event has none. */
    String in(Attributes event);

    record Attribute(String name) implements TextSource {
        @Override
        public String in(Attributes event) {
            String value = event.get(name);
            return value == null ? "" : value;
        }

        @Override
        public String toString() {
            return "\"" + name + "\"";
        }
    }

    record Constant(String text) implements TextSource {
        @Override
        public String in(Attributes event) {
            return text;
        }
    }
}
