package io.masterdeal.app.replay.mapping;

import java.util.List;

/** A text with {@code {names}} in it, checked and parsed. */
record Template(String source, List<Part> parts) {

    Template {
        parts = List.copyOf(parts);
    }

    /** The values for a template: an event and its case. */
    record Moment(CaseProgress of, int index, String activity, Attributes event) {}

    /** A part of a template. Slots are indexes in {@link CaseProgress}. */
    sealed interface Part {
        String in(Moment at);
    }

    record Literal(String text) implements Part {
        @Override
        public String in(Moment at) {
            return text;
        }
    }

    record CaseId() implements Part {
        @Override
        public String in(Moment at) {
            return at.of().id();
        }
    }

    record Index() implements Part {
        @Override
        public String in(Moment at) {
            return Integer.toString(at.index());
        }
    }

    record Activity() implements Part {
        @Override
        public String in(Moment at) {
            return at.activity();
        }
    }

    record Group(int slot) implements Part {
        @Override
        public String in(Moment at) {
            return at.of().group(slot);
        }
    }

    record CaseAttribute(int slot) implements Part {
        @Override
        public String in(Moment at) {
            return at.of().attribute(slot);
        }
    }

    record Count(int slot) implements Part {
        @Override
        public String in(Moment at) {
            return Integer.toString(at.of().counted(slot));
        }
    }

    record EventAttribute(String name) implements Part {
        @Override
        public String in(Moment at) {
            String value = at.event().get(name);
            return value == null ? "" : value;
        }
    }

    /** The text for one event. */
    String fill(Moment at) {
        if (parts.size() == 1) {
            return parts.getFirst().in(at);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.in(at));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return source;
    }
}
