package io.masterdeal.app.replay.mapping;

/** Where a text of an event comes from: one of its attributes, or the mapping itself. */
sealed interface TextOf {

    /** The text for an event; empty where the event has none. */
    String in(Attributes event);

    record Attribute(String name) implements TextOf {
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

    record Constant(String text) implements TextOf {
        @Override
        public String in(Attributes event) {
            return text;
        }
    }
}
