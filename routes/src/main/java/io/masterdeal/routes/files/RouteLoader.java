package io.masterdeal.routes.files;

import io.masterdeal.routes.endpoints.ParameterValues;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Camel's YAML loader, with parameter values taken literally: it writes marks of {@link ParameterValues} into the addresses. In addresses
 * that are built at run time, such as that of {@code toD}, expressions stay expressions.
 */
final class RouteLoader extends YamlRoutesBuilderLoader {

    private static final Set<String> ADDRESSES = Set.of("uri", "to", "from", "toD", "wireTap", "deadLetterUri");

    private static final Set<String> DYNAMIC = Set.of("toD", "wireTap", "enrich", "pollEnrich", "poll");

    /** Components whose parameters Camel may read as names of objects. */
    private static final Set<String> OF_OBJECTS = Set.of("direct", "file", "timer");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");

    private final ParameterValues values;

    private final Function<String, @Nullable String> placeholders;

    RouteLoader(CamelContext context, ParameterValues values) {
        this.values = values;
        this.placeholders = context::resolvePropertyPlaceholders;
        setCamelContext(context);
    }

    /** A value is not allowed at this place. Thrown through Camel. */
    static final class Misplaced extends RuntimeException {

        private final int line;

        Misplaced(Node node, String message) {
            super(message);
            this.line = node.getStartMark().map(it -> it.getLine() + 1).orElse(0);
        }

        int line() {
            return line;
        }
    }

    @Override
    protected RouteBuilder builder(YamlDeserializationContext context, Node root) {
        mark(root, "");
        return super.builder(context, root);
    }

    private void mark(Node node, String name) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(it -> mark(it, name));
        } else if (node instanceof MappingNode mapping) {
            String scheme = scheme(mapping);
            List<NodeTuple> marked = new ArrayList<>();
            for (NodeTuple each : mapping.getValue()) {
                if (text(each.getKeyNode()).equals("parameters")
                        && each.getValueNode() instanceof MappingNode parameters) {
                    parameters(parameters, scheme, DYNAMIC.contains(name));
                }
                marked.add(marked(each));
            }
            mapping.setValue(marked);
        }
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String scheme(MappingNode mapping) {
        for (NodeTuple each : mapping.getValue()) {
            if (text(each.getKeyNode()).equals("uri")) {
                return text(each.getValueNode()).split(":", 2)[0];
            }
        }
        return "";
    }

    private void parameters(MappingNode parameters, String scheme, boolean dynamic) {
        List<NodeTuple> marked = new ArrayList<>();
        for (NodeTuple each : parameters.getValue()) {
            if (each.getValueNode() instanceof ScalarNode text) {
                if (text.getValue().startsWith("#") && OF_OBJECTS.contains(scheme)) {
                    throw new Misplaced(
                            text,
                            "the parameter '" + text(each.getKeyNode())
                                    + "' may not be a reference (#...): routes hold no code and no beans");
                }
                String value = parameter(text, dynamic);
                if (value != null) {
                    marked.add(new NodeTuple(each.getKeyNode(), changed(text, value)));
                }
            } else {
                marked.add(each);
            }
        }
        parameters.setValue(marked);
    }

    private NodeTuple marked(NodeTuple entry) {
        String name = text(entry.getKeyNode());
        Node value = entry.getValueNode();
        if (name.equals("parameters")) {
            return entry;
        }
        if (value instanceof ScalarNode text) {
            return ADDRESSES.contains(name) ? new NodeTuple(entry.getKeyNode(), changed(text, address(text))) : entry;
        }
        mark(value, name);
        return entry;
    }

    private static ScalarNode changed(ScalarNode old, String text) {
        return new ScalarNode(old.getTag(), true, text, old.getScalarStyle(), old.getStartMark(), old.getEndMark());
    }

    /** Null for an optional placeholder without a value. */
    private @Nullable String parameter(ScalarNode node, boolean dynamic) {
        String text = node.getValue();
        String real = resolved(node, text);
        if (real == null) {
            return null;
        }
        try {
            SimpleAllowlist.check(real);
        } catch (IllegalArgumentException e) {
            throw new Misplaced(node, String.valueOf(e.getMessage()));
        }
        boolean expression = text.contains("${") || text.contains("$simple{");
        return dynamic && expression ? "RAW(" + text + ")" : values.mark(text, real);
    }

    private @Nullable String resolved(ScalarNode node, String text) {
        try {
            return placeholders.apply(text);
        } catch (RuntimeException e) {
            throw new Misplaced(node, String.valueOf(e.getMessage()));
        }
    }

    /** An address with its parameters in it, percent-encoded except for the values of placeholders. */
    private String address(ScalarNode node) {
        String hidden = PLACEHOLDER
                .matcher(node.getValue())
                .replaceAll(it -> "x".repeat(it.group().length()));
        int query = hidden.indexOf('?');
        if (query < 0) {
            return node.getValue();
        }
        StringBuilder address = new StringBuilder(node.getValue().substring(0, query + 1));
        int at = query + 1;
        while (at <= hidden.length()) {
            int end = hidden.indexOf('&', at);
            end = end < 0 ? hidden.length() : end;
            address.append(at == query + 1 ? "" : "&")
                    .append(inAddress(node, node.getValue().substring(at, end)));
            at = end + 1;
        }
        return address.toString();
    }

    private String inAddress(ScalarNode node, String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0 || parameter.contains("${") || parameter.contains("$simple{")) {
            return parameter;
        }
        String text = parameter.substring(equals + 1);
        if (text.startsWith("RAW(") && text.endsWith(")")) {
            text = text.substring("RAW(".length(), text.length() - 1);
        } else {
            text = decoded(text);
        }
        String real = resolved(node, text);
        return parameter.substring(0, equals + 1) + (real == null ? "" : values.mark(text, real));
    }

    /** Decodes percent-encoding, except in placeholders. */
    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int at = 0;
        while (placeholder.find()) {
            decoded.append(plain(text.substring(at, placeholder.start()))).append(placeholder.group());
            at = placeholder.end();
        }
        return decoded.append(plain(text.substring(at))).toString();
    }

    private static String plain(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded; // A % that is not an encoding.
        }
    }
}
