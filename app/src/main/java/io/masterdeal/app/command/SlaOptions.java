package io.masterdeal.app.command;

import io.masterdeal.rulesets.sla.SlaFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** With which SLA policies and calendars a platform is started. */
final class SlaOptions {

    @Option(
            names = "--sla-policies",
            paramLabel = "default|FILE",
            description = "The SLA policies: the bundled ones, or a YAML file. See docs/sla.md.")
    private @Nullable String policies;

    @Option(
            names = "--sla-calendars",
            paramLabel = "default|FILE",
            description = "The calendars that the policies name: the bundled ones, or a YAML file.")
    private @Nullable String calendars;

    /** Whether policies of the user's own are wanted. */
    boolean hasPolicies() {
        return policies != null;
    }

    /**
     * The settings of the service for what was chosen.
     *
     * @param command for the error
     * @throws ParameterException if a file cannot be read
     */
    Map<String, String> settings(CommandLine command) {
        Map<String, String> settings = new LinkedHashMap<>();
        add(settings, command, "policies", policies);
        add(settings, command, "calendars", calendars);
        return settings;
    }

    private static void add(
            Map<String, String> settings, CommandLine command, String name, @Nullable String nameOrFile) {
        if (nameOrFile == null) {
            return;
        }
        String value = nameOrFile;
        if (!nameOrFile.equals(SlaFiles.DEFAULT)) {
            Path file = Path.of(nameOrFile).toAbsolutePath().normalize();
            if (!Files.isReadable(file)) {
                throw new ParameterException(command, "--sla-" + name + ": " + nameOrFile + " cannot be read.");
            }
            value = file.toString();
        }
        settings.put("masterdeal.service.sla." + name, value);
    }
}
