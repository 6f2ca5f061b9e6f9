package io.masterdeal.sbom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds an SBOM. A component that several parts have is listed once, with all of them. Components are sorted by name, and
 * neither the time nor a serial number nor a hash of our own jars is written, so the same components always give the same file.
 */
final class SbomBuilder {
    /** The property that says which of the delivered parts (application, kafka, registry, postgresql) has a component. */
    static final String PART = "masterdeal:part";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ObjectNode head;
    private final Map<String, ObjectNode> components = new TreeMap<>();
    private final Map<String, SortedSet<String>> dependencies = new TreeMap<>();

    private SbomBuilder(ObjectNode head) {
        this.head = head;
    }

    /** Starts from the SBOM of the application, which also names the product. */
    static SbomBuilder startingWith(Path sbom, String part) {
        JsonNode tree = JSON.readTree(sbom.toFile());
        ObjectNode head = JSON.createObjectNode();
        head.put("bomFormat", tree.path("bomFormat").asString());
        head.put("specVersion", tree.path("specVersion").asString());
        head.put("version", 1);
        ObjectNode metadata = head.putObject("metadata");
        metadata.set("tools", tree.path("metadata").path("tools"));
        metadata.set("component", tree.path("metadata").path("component"));
        SbomBuilder builder = new SbomBuilder(head);
        builder.add(tree, part);
        return builder;
    }

    private void add(JsonNode sbom, String part) {
        for (JsonNode component : sbom.path("components")) {
            String url = component.path("purl").asString();
            ObjectNode copy = (ObjectNode) component.deepCopy();
            if (copy.path("group")
                    .equals(head.path("metadata").path("component").path("group"))) {
                copy.remove("hashes");
            }
            mark(copy, part);
            components.put(url, copy);
        }
        for (JsonNode dependency : sbom.path("dependencies")) {
            SortedSet<String> on = dependsOn(dependency.path("ref").asString());
            dependency.path("dependsOn").forEach(other -> on.add(other.asString()));
        }
    }

    /** Adds one component, which another depends on. */
    void add(Component component, String part, String dependent) throws IOException {
        Coordinate coordinate = component.coordinate();
        String url = coordinate.url();
        ObjectNode node = components.get(url);
        if (node == null) {
            node = JSON.createObjectNode();
            node.put("type", "library").put("bom-ref", url);
            node.put("group", coordinate.group()).put("name", coordinate.artifact());
            node.put("version", coordinate.version());
            Path file = component.file();
            if (file != null) {
                ObjectNode hash = node.putArray("hashes").addObject();
                hash.put("alg", "SHA-256").put("content", JarFiles.sha256(file));
            }
            node.put("purl", url);
            components.put(url, node);
        }
        mark(node, part);
        dependsOn(url);
        dependsOn(dependent).add(url);
    }

    /** The reference of the application itself. */
    String root() {
        return head.path("metadata").path("component").path("bom-ref").asString();
    }

    private SortedSet<String> dependsOn(String reference) {
        return dependencies.computeIfAbsent(reference, key -> new TreeSet<>());
    }

    private static void mark(ObjectNode component, String part) {
        ArrayNode properties = component.withArrayProperty("properties");
        for (JsonNode property : properties) {
            if (property.path("name").asString().equals(PART)
                    && property.path("value").asString().equals(part)) {
                return;
            }
        }
        properties.addObject().put("name", PART).put("value", part);
    }

    /** Writes the file. */
    void write(Path target) {
        ObjectNode whole = head.deepCopy();
        whole.putArray("components").addAll(components.values());
        ArrayNode graph = whole.putArray("dependencies");
        dependencies.forEach((reference, on) -> {
            ArrayNode list = graph.addObject().put("ref", reference).putArray("dependsOn");
            on.forEach(list::add);
        });
        JSON.writerWithDefaultPrettyPrinter().writeValue(target.toFile(), whole);
    }
}
