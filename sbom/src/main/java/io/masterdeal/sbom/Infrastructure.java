package io.masterdeal.sbom;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The folder in which {@code local/} lays out what it starts: the broker, the registry, PostgreSQL, and a file that
 * says which artifacts the latter two were unpacked from.
 */
record Infrastructure(Path root) {
    private static final String PARTS = "parts.properties";

    BrokerJars broker() {
        return new BrokerJars(root.resolve("kafka"));
    }

    RegistryBundle registry() {
        return new RegistryBundle(root.resolve("registry"));
    }

    /** The artifact that a part was unpacked from. */
    Coordinate unpackedFrom(String part) throws IOException {
        Path file = root.resolve(PARTS);
        Properties parts = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            parts.load(in);
        }
        String coordinate = parts.getProperty(part);
        if (coordinate == null) {
            throw new IllegalStateException(
                    file + " does not name the artifact of '" + part + "'. Build local/ again: it writes the file.");
        }
        return Coordinate.parse(coordinate);
    }
}
