package io.masterdeal.app.replay.mapping;

/** Where a text of an event comes from: one of its attributes, or the mapping itself. */
sealed interface TextSource {

    /** The text for an event; empty where the event has none. */
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
