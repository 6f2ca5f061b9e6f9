package io.masterdeal.routes.files;

import java.io.StringReader;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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

/**
 * What a route file may contain, as far as its YAML shows; {@link ModelAllowlist} checks what Camel makes of it. This prevents surprises,
 * above all code. It does not protect against somebody who may write the file: routes can read and send whatever the process can.
 */
final class YamlAllowlist {

    /** The schemes that {@code from} and {@code to} may have. */
    static final Set<String> SCHEMES = Set.of("direct", "file", "http", "https", "masterdeal", "timer");

    private static final Set<String> TOP = Set.of("route", "onException", "errorHandler");

    /** Steps and languages that run code from the class path or from the file. */
    private static final Set<String> CODE = Set.of(
            "bean", "beans", "script", "method", "java", "joor", "groovy", "js", "python", "mvel", "ognl", "spel",
            "ref");

    private static final int DEEPEST = 60;

    /** Values of {@code ref} that name a data format. */
    private static final Set<String> FORMATS = Set.of("csv");

    private YamlAllowlist() {}

    /**
     * Checks a file.
     *
     * @throws RouteFileException at the first thing that is not allowed
     */
    static void check(String yaml) throws RouteFileException {
        Node root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new RouteFileException(line, "is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new RouteFileException(0, "is no YAML: " + e.getMessage());
        }
        if (!(root instanceof SequenceNode list) || list.getValue().isEmpty()) {
            throw new RouteFileException(1, "must be a list of routes, each '- route:'");
        }
        for (Node each : list.getValue()) {
            if (!(each instanceof MappingNode mapping)) {
                throw new RouteFileException(line(each), "must be '- route:'");
            }
            for (NodeTuple entry : mapping.getValue()) {
                String name = name(entry.getKeyNode());
                if (!TOP.contains(name)) {
                    throw new RouteFileException(
                            line(entry.getKeyNode()),
                            "'" + name + "' may not stand at the top; there are: "
                                    + TOP.stream().sorted().toList());
                }
            }
        }
        code(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /**
     * Looks for keys that stand for code.
     *
     * @param around the nodes that contain this one
     */
    private static void code(Node node, Set<Node> around) throws RouteFileException {
        if (!around.add(node)) {
            throw new RouteFileException(line(node), "holds itself: an alias (*name) may not stand in what it names");
        }
        if (around.size() > DEEPEST) {
            throw new RouteFileException(line(node), "is nested more than " + DEEPEST + " levels deep");
        }
        if (node instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                code(each, around);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String name = name(entry.getKeyNode());
                if (name.equals("parameters")) {
                    flat(entry.getValueNode());
                    continue; // These names belong to an endpoint.
                }
                boolean format = name.equals("ref") && FORMATS.contains(name(entry.getValueNode()));
                if (CODE.contains(name) && !format) {
                    throw new RouteFileException(
                            line(entry.getKeyNode()),
                            "'" + name + "' is not allowed: routes hold no code and no beans");
                }
                code(entry.getValueNode(), around);
            }
        }
        around.remove(node);
    }

    private static void flat(Node parameters) throws RouteFileException {
        if (parameters instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (!(entry.getValueNode() instanceof ScalarNode)) {
                    throw new RouteFileException(
                            line(entry.getValueNode()),
                            "the parameter '" + name(entry.getKeyNode()) + "' must be a text");
                }
            }
        }
    }

    private static String name(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }

    /** The schemes, for messages. */
    static List<String> schemes() {
        return SCHEMES.stream().sorted().toList();
    }
}
