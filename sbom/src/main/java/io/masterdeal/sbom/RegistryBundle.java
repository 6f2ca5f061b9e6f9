package io.masterdeal.sbom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry as it is unpacked: a Quarkus application, whose bundle lists the artifacts it was made of. The build replaces some
 * jars by newer ones under the old names, so the version is the one that the jar itself states, if it states one.
 */
record RegistryBundle(Path root) {
    private static final String LIST = "quarkus-app-dependencies.txt";
    private static final List<String> FOLDERS = List.of("lib/main", "lib/boot");

    /** The registry's own jar. */
    Component application(Coordinate registry) {
        return new Component(registry, root.resolve("app").resolve(registry.fileName()));
    }

    /** The jars that the registry runs with, in the order of the bundle's list. */
    List<Component> jars() throws IOException {
        List<Component> jars = new ArrayList<>();
        List<String> lines = Files.readAllLines(root.resolve(LIST));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                jars.add(jar(Coordinate.parse(lines.get(i).strip()), i + 1));
            }
        }
        return jars;
    }

    private Component jar(Coordinate listed, int line) throws IOException {
        String name = listed.group() + "." + listed.fileName();
        for (String folder : FOLDERS) {
            Path file = root.resolve(folder).resolve(name);
            if (Files.isRegularFile(file)) {
                String version = JarFiles.version(file, listed.group(), listed.artifact())
                        .orElse(listed.version());
                return new Component(listed.withVersion(version), file);
            }
        }
        throw new IllegalStateException("Line " + line + " of " + root.resolve(LIST) + " names " + name
                + ", which is in none of " + FOLDERS + ". Delete the folder target of local/ and build again.");
    }
}
