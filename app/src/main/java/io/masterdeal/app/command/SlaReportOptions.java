package io.masterdeal.app.command;

import io.masterdeal.app.report.SlaReportFile;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for a report of all clocks. */
final class SlaReportOptions {

    @Option(
            names = "--sla-report",
            paramLabel = "FILE",
            description = "Where to write the clocks of every deal, a line a deal; .gz is compressed.")
    private @Nullable Path report;

    @Option(
            names = "--sla-at",
            paramLabel = "INSTANT",
            description = "The instant of the clocks, such as 2026-04-06T09:00:00Z (default: now).")
    private @Nullable String at;

    @Option(
            names = "--sla-policies",
            paramLabel = "FILE",
            description = "With --local: the SLA policies (default: the bundled ones).")
    private @Nullable Path policies;

    @Option(
            names = "--sla-calendars",
            paramLabel = "FILE",
            description = "With --local: the calendars that the policies name (default: the bundled ones).")
    private @Nullable Path calendars;

    /** Fails before anything is started. */
    void check(CommandLine command, @Nullable String rules, boolean local) {
        if (!local && (policies != null || calendars != null)) {
            throw new ParameterException(
                    command,
                    "--sla-policies and --sla-calendars are for the platform that --local starts; a running one has its own"
                            + " in masterdeal.service.sla.policies and masterdeal.service.sla.calendars.");
        }
        if (report == null && at != null) {
            throw new ParameterException(command, "--sla-at is the instant of the report that --sla-report writes.");
        }
        try {
            if (at != null) {
                OffsetDateTime.parse(at);
            }
        } catch (DateTimeException e) {
            throw new ParameterException(
                    command, "--sla-at is an instant like 2026-04-06T09:00:00Z, not '" + at + "'.", e);
        }
        if (policies != null || calendars != null) {
            SlaFiles.load(name(policies), name(calendars), RuleSets.load(rules == null ? "default" : rules));
        }
    }

    private static String name(@Nullable Path file) {
        return file == null ? SlaFiles.DEFAULT : file.toString();
    }

    /** The settings of a platform that is started for it. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (policies != null) {
            settings.put(
                    "masterdeal.service.sla.policies", policies.toAbsolutePath().toString());
        }
        if (calendars != null) {
            settings.put(
                    "masterdeal.service.sla.calendars",
                    calendars.toAbsolutePath().toString());
        }
        return settings;
    }

    /** Writes the report, if it is wanted. */
    void write(PlatformClient service) throws IOException, InterruptedException {
        if (report != null) {
            new SlaReportFile(service).write(report, at);
        }
    }
}
