package io.masterdeal.crash;

import io.masterdeal.crash.fault.Fault;
import io.masterdeal.crash.fault.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The results of runs, written down for programs and for people. */
public final class CrashReport {

    private CrashReport() {}

    /**
     * Writes {@code crash.json} and {@code crash.md}.
     *
     * @param directory made if absent
     * @param results in the order of the runs
     */
    public static void write(Path directory, List<RunResult> results) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("crash.json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json(results)) + "\n");
        Files.writeString(directory.resolve("crash.md"), markdown(results));
    }

    private static ArrayNode json(List<RunResult> results) {
        ArrayNode runs = JsonMapper.shared().createArrayNode();
        for (RunResult result : results) {
            ObjectNode run = runs.addObject()
                    .put("seed", result.seed())
                    .put("events", result.sent())
                    .put("seconds", seconds(result))
                    .put("deals", result.verdict().deals())
                    .put("canonical_events", result.verdict().events())
                    .put("repeats", result.verdict().repeats())
                    .put("snapshots", result.verdict().snapshots())
                    .put("facts", result.verdict().facts())
                    .put("kills", result.kills())
                    .put("ended_by_themselves", result.endedByThemselves())
                    .put("contradiction", contradiction(result))
                    .put("report_sha256", digest(result.report()));
            ArrayNode faults = run.putArray("faults");
            result.injected().forEach(each -> {
                ArrayNode met = faults.addObject()
                        .put("kind", each.fault().kind().text())
                        .put("target", each.fault().target().text())
                        .put("after_ms", each.fault().after().toMillis())
                        .put("down_ms", each.fault().down().toMillis())
                        .putArray("met");
                each.processes().forEach(met::add);
            });
        }
        return runs;
    }

    private static String markdown(List<RunResult> results) {
        StringBuilder text =
                new StringBuilder("| Seed | Events | Killed | Paused | Restarted | Canonical events | Repeats |"
                        + " Seconds | Contradiction | Report (SHA-256) |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---"
                        + " | --- |\n");
        for (RunResult result : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %d | %d | %d | %d | %.1f | %s | %s |%n",
                    result.seed(),
                    result.sent(),
                    count(List.of(result), Fault.Kind.KILL, null),
                    count(List.of(result), Fault.Kind.PAUSE, null),
                    count(List.of(result), Fault.Kind.RESTART, null),
                    result.verdict().events(),
                    result.verdict().repeats(),
                    seconds(result),
                    contradiction(result),
                    digest(result.report()).substring(0, 16)));
        }
        text.append("\n| Processes hit, of | killed | paused | restarted |\n| --- | ---: | ---: | ---: |\n");
        for (Target target : Target.values()) {
            text.append(row(target.text(), results, target));
        }
        return text.append(row("**all**", results, null)).toString();
    }

    private static String row(String name, List<RunResult> results, @Nullable Target target) {
        return Arrays.stream(Fault.Kind.values())
                .map(kind -> Long.toString(count(results, kind, target)))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    /** How many processes were hit by faults of a kind, at one target, or at all if it is null. */
    private static long count(List<RunResult> results, Fault.Kind kind, @Nullable Target target) {
        return results.stream()
                .flatMap(result -> result.injected().stream())
                .filter(each -> each.fault().kind() == kind
                        && (target == null || each.fault().target() == target))
                .mapToLong(each -> each.processes().size())
                .sum();
    }

    private static double seconds(RunResult result) {
        return result.duration().toMillis() / 1000.0;
    }

    private static String contradiction(RunResult result) {
        return result.verdict().contradiction() == null
                ? "none"
                : result.verdict().contradiction().toString();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
