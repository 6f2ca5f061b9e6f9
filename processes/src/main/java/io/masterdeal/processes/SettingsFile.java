package io.masterdeal.processes;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Files by which processes are told something, passwords among it: readable for their owner alone, and there only when they are whole.
 */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Writes settings as Java properties.
     *
     * @param file replaced if it is there
     */
    public static Path write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return writeText(file, text.toString());
    }

    /**
     * Writes a text.
     *
     * @param file replaced if it is there
     */
    public static Path writeText(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, text);
        return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads what {@link #write} wrote. */
    public static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
