package io.masterdeal.console.notices;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML file that knows its lines. */
final class YamlPart {

    private final String file;
    private final Node node;
    private final Map<String, Node> values = new HashMap<>();
    private final Set<String> unread = new TreeSet<>();

    YamlPart(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw at(node, "a mapping is expected here");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw at(entry.getKeyNode(), "a name is expected here");
            }
            if (values.put(key.getValue(), entry.getValueNode()) != null) {
                throw at(key, "'" + key.getValue() + "' is there twice");
            }
            unread.add(key.getValue());
        }
    }

    /** What is wrong, with file and line. */
    IllegalStateException at(@Nullable Node where, String what) {
        int line = where == null || where.getStartMark() == null
                ? 1
                : where.getStartMark().getLine() + 1;
        return new IllegalStateException(file + ":" + line + ": " + what);
    }

    /** The same for a value by its name, or for the whole if there is none. */
    IllegalStateException wrong(String name, String what) {
        return at(values.getOrDefault(name, node), what);
    }

    @Nullable
    String text(String name) {
        unread.remove(name);
        Node value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ScalarNode scalar)) {
            throw at(value, "'" + name + "' is a text");
        }
        return scalar.getValue();
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw wrong(name, "'" + name + "' is missing");
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "'" + name + "' is true or false, not '" + text + "'");
        };
    }

    int number(String name, int otherwise, int most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw wrong(name, "'" + name + "' is a number from 1 to " + most + ", not '" + text + "'");
    }

    List<String> texts(String name) {
        unread.remove(name);
        Node value = values.get(name);
        List<String> texts = new ArrayList<>();
        switch (value) {
            case null -> {}
            case ScalarNode scalar -> texts.add(scalar.getValue());
            case SequenceNode sequence -> {
                for (Node item : sequence.getValue()) {
                    if (!(item instanceof ScalarNode scalar)) {
                        throw at(item, "'" + name + "' is a list of texts");
                    }
                    texts.add(scalar.getValue());
                }
            }
            default -> throw at(value, "'" + name + "' is a list of texts");
        }
        return texts;
    }

    List<YamlPart> parts(String name) {
        unread.remove(name);
        Node value = values.get(name);
        List<YamlPart> parts = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                parts.add(new YamlPart(file, item));
            }
        } else if (value != null) {
            throw at(value, "'" + name + "' is a list");
        }
        return parts;
    }

    /** Refuses what nobody asked for: a mistyped name would otherwise be silently without effect. */
    void done() {
        if (!unread.isEmpty()) {
            String name = unread.iterator().next();
            throw wrong(name, "'" + name + "' means nothing here");
        }
    }
}
