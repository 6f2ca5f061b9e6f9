package io.masterdeal.contracts.catalog;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads one catalog file.
 *
 * <p>The YAML is read as a node tree, because only nodes have line numbers.
 */
final class CatalogFile {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");
    private static final int MAX_NAME = 200;
    private static final int MAX_STATUS = 200;
    private static final Set<String> FIELDS = Set.of("object", "status", "doc");

    private final String file;
    private final List<CatalogProblem> problems;
    private final List<Declaration> declarations = new ArrayList<>();
    /** Lines of keys by value, because a person looks for the key. */
    private final IdentityHashMap<Node, Integer> lines = new IdentityHashMap<>();

    private CatalogFile(String file, List<CatalogProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads declarations. Errors are added to the problems, and the rest is still read. */
    static List<Declaration> read(String file, String yaml, List<CatalogProblem> problems) {
        var reader = new CatalogFile(file, problems);
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            reader.root(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            reader.problem(mark == null ? 1 : mark.getLine() + 1, "is no YAML: " + e.getProblem());
        }
        return reader.declarations;
    }

    private void root(@Nullable Node root) {
        Map<String, Node> top = mapping(root, Set.of("format", "types"));
        if (top == null) {
            return;
        }
        Node format = top.get("format");
        if (!(format instanceof ScalarNode scalar) || !scalar.getValue().equals("1")) {
            problem(line(format), "needs \"format: 1\": the form of the file this program reads");
            return;
        }
        Map<String, Node> types = mapping(top.get("types"), null);
        if (types != null) {
            types.forEach(this::type);
        }
    }

    private void type(String name, Node node) {
        int line = line(node);
        if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
            problem(line, "\"" + name + "\" is no event type: two or more names of a-z, 0-9 and _, joined by dots");
            return;
        }
        Map<String, Node> fields = mapping(node, FIELDS);
        if (fields == null) {
            return;
        }
        String object = text(fields.get("object"), name + ".object");
        String status = text(fields.get("status"), name + ".status");
        String doc = text(fields.get("doc"), name + ".doc");
        if (doc == null) {
            problem(line, name + " needs a doc: what happened when this event is published");
            return;
        }
        var declaration = new Declaration(name, object, status, doc, file, line);
        if (check(declaration)) {
            declarations.add(declaration);
        }
    }

    private boolean check(Declaration type) {
        int before = problems.size();
        String object = type.objectKind();
        if (object != null && !KIND.matcher(object).matches()) {
            problem(type.line(), type.name() + ": object \"" + object + "\" must be \"domain:kind\", such as crm:deal");
        } else if (object != null && !object.startsWith(type.domain() + ":")) {
            problem(
                    type.line(),
                    type.name() + ": object \"" + object + "\" must be of the domain the type begins with, \""
                            + type.domain() + "\": a domain publishes events about its own objects");
        }
        if (type.status() != null && object == null) {
            problem(type.line(), type.name() + " has a status but no object that could have it");
        }
        if (type.status() != null && type.status().length() > MAX_STATUS) {
            problem(type.line(), type.name() + ": status is longer than " + MAX_STATUS + " characters");
        }
        return problems.size() == before;
    }

    /** The entries of a mapping in file order; null if the node is not a mapping. Unknown names are problems. */
    private @Nullable Map<String, Node> mapping(@Nullable Node node, @Nullable Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            problem(
                    line(node),
                    "must be a mapping"
                            + (known == null
                                    ? ""
                                    : " of " + known.stream().sorted().toList()));
            return null;
        }
        var out = new LinkedHashMap<String, Node>();
        var seen = new HashSet<String>();
        for (var entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            int line = line(entry.getKeyNode());
            if (!seen.add(key)) {
                problem(line, "\"" + key + "\" is given twice");
            } else if (known != null && !known.contains(key)) {
                problem(
                        line,
                        "\"" + key + "\" is unknown here; known are "
                                + known.stream().sorted().toList());
            } else {
                lines.put(entry.getValueNode(), line);
                out.put(key, entry.getValueNode());
            }
        }
        return out;
    }

    private @Nullable String text(@Nullable Node node, String what) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        problem(line(node), what + " must be text");
        return null;
    }

    private int line(@Nullable Node node) {
        if (node == null) {
            return 1;
        }
        Integer ofKey = lines.get(node);
        return ofKey != null ? ofKey : node.getStartMark().getLine() + 1;
    }

    private void problem(int line, String reason) {
        problems.add(new CatalogProblem(file, line, reason));
    }
}
