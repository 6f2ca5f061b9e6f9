package io.masterdeal.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** The SLA policies and the calendar of a demonstration, whose deals take seconds. */
public final class DemoSla {

    private static final String POLICIES = "sla-policies.yaml";

    private static final String CALENDARS = "sla-calendars.yaml";

    private DemoSla() {}

    /**
     * Writes both files.
     *
     * @param data the data directory of the demonstration; made, for its owner alone, if it is not there
     * @return the settings with which the service uses them
     * @throws IOException if a file cannot be written
     */
    public static Map<String, String> write(Path data) throws IOException {
        Path run = data.resolve("run");
        Files.createDirectories(
                run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Map.of(
                "masterdeal.service.sla.policies", write(run, POLICIES),
                "masterdeal.service.sla.calendars", write(run, CALENDARS));
    }

    private static String write(Path run, String name) throws IOException {
        Path file = run.resolve(name);
        Files.writeString(file, bundled(name));
        return file.toString();
    }

    private static String bundled(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DemoSla.class.getResourceAsStream("/masterdeal/app/demo/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
