package io.masterdeal.routes.files;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values that {@code {{name}}} stands for in routes, out of a file of its owner alone; and keeping them out of what is told. */
public final class Secrets {

    private static final int SHORTEST = 6;

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param file null if there is none
     * @throws IOException if it cannot be read, or others than its owner may read it
     */
    public static Secrets read(@Nullable Path file) throws IOException {
        if (file == null) {
            return new Secrets(List.of());
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: chmod 600 " + file);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Secrets(properties.stringPropertyNames().stream()
                .map(properties::getProperty)
                .filter(it -> it.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** A text without them, also where it holds them as JSON text does. */
    public String redact(String text) {
        String redacted = text;
        for (String value : values) {
            String escaped = JsonNodeFactory.instance.stringNode(value).toString();
            redacted = redacted.replace(value, "***").replace(escaped.substring(1, escaped.length() - 1), "***");
        }
        return redacted;
    }
}
