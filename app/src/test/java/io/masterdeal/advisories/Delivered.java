package io.masterdeal.advisories;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A component that is delivered.
 *
 * @param parts which of the delivered parts have it: application, kafka, registry, postgresql
 */
record Delivered(String group, String artifact, String version, List<String> parts) {

    /** The components of an SBOM in the JSON of CycloneDX. */
    static List<Delivered> in(Path sbom) {
        List<Delivered> all = new ArrayList<>();
        for (JsonNode component : JsonMapper.shared().readTree(sbom.toFile()).path("components")) {
            List<String> parts = new ArrayList<>();
            for (JsonNode property : component.path("properties")) {
                if (property.path("name").asString("").equals("masterdeal:part")) {
                    parts.add(property.path("value").asString());
                }
            }
            all.add(new Delivered(
                    component.path("group").asString(""),
                    component.path("name").asString(),
                    component.path("version").asString(),
                    parts));
        }
        return all;
    }

    /** Whether this is {@code group:artifact}; an artifact that ends in {@code *} stands for all that begin so. */
    boolean is(String coordinate) {
        String own = group + ":" + artifact;
        return coordinate.endsWith("*")
                ? own.startsWith(coordinate.substring(0, coordinate.length() - 1))
                : own.equals(coordinate);
    }

    @Override
    public String toString() {
        return group + ":" + artifact + " " + version + " (" + String.join(", ", parts) + ")";
    }
}
