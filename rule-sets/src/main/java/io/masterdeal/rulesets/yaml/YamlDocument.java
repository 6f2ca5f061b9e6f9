package io.masterdeal.rulesets.yaml;

import io.masterdeal.model.ObjectKind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML document in which every part knows its line. */
public final class YamlDocument {

    private static final Set<Tag> NO_TEXT = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private final String file;

    private final Wrong wrong;

    private YamlDocument(String file, Wrong wrong) {
        this.file = file;
        this.wrong = wrong;
    }

    /** Makes the exception that says what is wrong with the document. */
    @FunctionalInterface
    public interface Wrong {

        /**
         * What to throw.
         *
         * @param file what the document is called
         * @param line the line, from 1
         * @param reason what is wrong there
         */
        RuntimeException at(String file, int line, String reason);
    }

    /** A part of the document. Every reading method throws what {@link Wrong} makes if the part has another form. */
    public record Part(YamlDocument document, Node node) {

        int line() {
            return node.getStartMark().getLine() + 1;
        }

        /** The exception for this place; the caller throws it. */
        public RuntimeException wrong(String reason) {
            return document.wrong.at(document.file, line(), reason);
        }

        /** A text that is not blank and has no control characters: it appears in answers, and PostgreSQL cannot store U+0000. */
        public String text() {
            if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
                throw wrong("a text is expected here");
            }
            if (scalar.getValue().chars().anyMatch(Character::isISOControl)) {
                throw wrong("a text without control characters is expected here");
            }
            return scalar.getValue();
        }

        /**
         * A text as it is written: not a number, a boolean or null, which need quotes to be texts. It may be empty; it has no control
         * characters.
         */
        public String string() {
            if (!(node instanceof ScalarNode scalar) || NO_TEXT.contains(node.getTag())) {
                throw wrong("a text is expected here; numbers, true, false and null need quotes to be one");
            }
            if (scalar.getValue().chars().anyMatch(Character::isISOControl)) {
                throw wrong("a text without control characters is expected here");
            }
            return scalar.getValue();
        }

        /** A whole number without quotes. */
        public long wholeNumber() {
            if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
                try {
                    return Long.parseLong(scalar.getValue());
                } catch (NumberFormatException e) {
                    throw wrong("a whole number of at most 18 digits is expected here, not " + scalar.getValue());
                }
            }
            throw wrong("a whole number is expected here");
        }

        /** {@code true} or {@code false} without quotes; YAML's other words for them are not taken. */
        public boolean bool() {
            if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
                if (scalar.getValue().equals("true")) {
                    return true;
                }
                if (scalar.getValue().equals("false")) {
                    return false;
                }
            }
            throw wrong("true or false is expected here");
        }

        /** Whether it is null. */
        public boolean isNull() {
            return node.getTag().equals(Tag.NULL);
        }

        /** Whether it is a list. */
        public boolean isList() {
            return node instanceof SequenceNode;
        }

        /** The name of a field, as a part with a line of its own; this part if there is no such field. */
        public Part key(String name) {
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(name)) {
                        return new Part(document, key);
                    }
                }
            }
            return this;
        }

        /** A whole number. */
        public int number() {
            try {
                return Integer.parseInt(text());
            } catch (NumberFormatException e) {
                throw wrong("a whole number is expected here, not '" + text() + "'");
            }
        }

        /** A kind of objects, {@code crm:deal}. */
        public ObjectKind kind() {
            try {
                return new ObjectKind(text());
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }

        /** The items of a list. */
        public List<Part> items() {
            if (!(node instanceof SequenceNode sequence)) {
                throw wrong("a list is expected here");
            }
            List<Part> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(new Part(document, item)));
            return items;
        }

        /** The items of a list of texts. */
        public List<String> texts() {
            return items().stream().map(Part::text).toList();
        }

        /** The fields by name; refuses any that is not allowed. An empty set allows all. */
        public Map<String, Part> fields(Set<String> allowed) {
            if (!(node instanceof MappingNode mapping)) {
                throw wrong("fields are expected here" + (allowed.isEmpty() ? "" : ": " + allowed));
            }
            Map<String, Part> fields = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Part key = new Part(document, tuple.getKeyNode());
                if (!allowed.isEmpty() && !allowed.contains(key.text())) {
                    throw key.wrong("'" + key.text() + "' is not known here; known are " + allowed);
                }
                if (fields.put(key.text(), new Part(document, tuple.getValueNode())) != null) {
                    throw key.wrong("'" + key.text() + "' is given twice");
                }
            }
            return fields;
        }

        /** One of the fields, which has to be there. */
        public Part field(Map<String, Part> fields, String name) {
            Part field = fields.get(name);
            if (field == null) {
                throw wrong("'" + name + "' is missing");
            }
            return field;
        }
    }

    /**
     * Reads a document.
     *
     * @param file what to call it in errors
     * @param yaml the text
     * @param wrong makes the exceptions, now and when its parts are read
     */
    public static Part parse(String file, String yaml, Wrong wrong) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(30);
        options.setCodePointLimit(1 << 20);
        try {
            @Nullable Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
            if (node == null) {
                throw wrong.at(file, 1, "the file is empty");
            }
            Part document = new Part(new YamlDocument(file, wrong), node);
            checkEnds(document);
            return document;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw wrong.at(file, line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw wrong.at(file, 1, "more than is allowed: " + e.getMessage());
        }
    }

    /** An alias may stand in what it names: whoever reads that would never come to an end. */
    private static void checkEnds(Part part) {
        if (part.node().isTwoStepsConstruction()) {
            throw part.wrong("this has an alias to itself in it");
        }
        switch (part.node()) {
            case SequenceNode sequence ->
                sequence.getValue().forEach(item -> checkEnds(new Part(part.document(), item)));
            case MappingNode mapping ->
                mapping.getValue().forEach(tuple -> {
                    checkEnds(new Part(part.document(), tuple.getKeyNode()));
                    checkEnds(new Part(part.document(), tuple.getValueNode()));
                });
            default -> {}
        }
    }

    /** The place of a word in or below a part; the part itself if the word is not there. */
    public static Part find(Part within, String word) {
        for (Node node : descendants(within.node())) {
            if (node instanceof ScalarNode scalar && scalar.getValue().equals(word)) {
                return new Part(within.document(), node);
            }
        }
        return within;
    }

    private static List<Node> descendants(Node node) {
        List<Node> all = new ArrayList<>(List.of(node));
        switch (node) {
            case SequenceNode sequence -> sequence.getValue().forEach(item -> all.addAll(descendants(item)));
            case MappingNode mapping ->
                mapping.getValue().forEach(tuple -> {
                    all.addAll(descendants(tuple.getKeyNode()));
                    all.addAll(descendants(tuple.getValueNode()));
                });
            default -> {}
        }
        return all;
    }
}
