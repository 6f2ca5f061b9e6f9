package io.masterdeal.testbed.times;

import io.masterdeal.testbed.times.Spans.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tables of where a measured run spent its time, from three sources: Maven's log, whose lines begin with the time of day, the
 * reports of Surefire, and the spans that the JVMs of the run noted. The run must have built one module after the other.
 */
public final class TimesReport {

    /** "12:34:56.789 [INFO] --- compiler:3.14.1:testCompile (default-testCompile) @ contracts ---". */
    private static final Pattern GOAL =
            Pattern.compile("^(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) .*--- ([\\w-]+):[^:]+:([\\w-]+) .* @ (\\S+) ---$");

    private static final Pattern TIME = Pattern.compile("^(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) ");

    private static final Pattern SUITE =
            Pattern.compile("<testsuite [^>]*?\\bname=\"([^\"]+)\"[^>]*?\\btime=\"([0-9.,]+)\"");

    private static final int SLOWEST = 25;

    private final Map<String, Map<String, Long>> goals = new LinkedHashMap<>();

    private final Map<String, Map<String, Long>> classes = new HashMap<>();

    private final Map<String, Map<Kind, Long>> spans = new TreeMap<>();

    private TimesReport() {}

    /**
     * Writes the tables, as Markdown.
     *
     * @param arguments Maven's log, the directory with the spans, the project's directory, the file to write
     * @throws IOException if one of them cannot be read, or the file not written
     */
    public static void main(String[] arguments) throws IOException {
        TimesReport report = new TimesReport();
        report.readLog(Path.of(arguments[0]));
        report.readSpans(Path.of(arguments[1]));
        report.readSuites(Path.of(arguments[2]));
        try (PrintStream out = new PrintStream(arguments[3], StandardCharsets.UTF_8)) {
            report.print(out);
        }
    }

    private void readLog(Path log) throws IOException {
        String module = "";
        String goal = "";
        LocalTime begun = LocalTime.MIN;
        LocalTime last = LocalTime.MIN;
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher time = TIME.matcher(line);
            if (!time.find()) {
                continue;
            }
            last = LocalTime.parse(time.group(1));
            Matcher next = GOAL.matcher(line);
            if (next.matches()) {
                add(module, goal, begun, last);
                module = next.group(4);
                goal = next.group(2) + ":" + next.group(3);
                begun = last;
            }
        }
        add(module, goal, begun, last);
    }

    private void add(String module, String goal, LocalTime from, LocalTime to) {
        if (!module.isEmpty()) {
            long ms = Duration.between(from, to).toMillis();
            goals.computeIfAbsent(module, _ -> new TreeMap<>())
                    .merge(goal, ms < 0 ? ms + Duration.ofDays(1).toMillis() : ms, Long::sum);
        }
    }

    private void readSpans(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                readSpans(Files.readAllLines(file));
            }
        }
    }

    /** What a JVM noted between two of its classes belongs to the second one, as it ends; the rest is of processes of no class. */
    private void readSpans(List<String> lines) {
        Map<Kind, Long> meanwhile = new EnumMap<>(Kind.class);
        for (String line : lines) {
            String[] parts = line.split("\t", 3);
            Kind kind = Kind.valueOf(parts[0]);
            long ms = Long.parseLong(parts[1]);
            if (kind == Kind.CLASS || kind == Kind.IDLE) {
                Map<Kind, Long> of = spans.computeIfAbsent(parts[2], _ -> new EnumMap<>(Kind.class));
                of.merge(kind, ms, Long::sum);
                meanwhile.forEach((each, time) -> of.merge(each, time, Long::sum));
                meanwhile.clear();
            } else {
                meanwhile.merge(kind, ms, Long::sum);
            }
        }
        Map<Kind, Long> others = spans.computeIfAbsent("", _ -> new EnumMap<>(Kind.class));
        meanwhile.forEach((each, time) -> others.merge(each, time, Long::sum));
    }

    private void readSuites(Path project) throws IOException {
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module : modules.toList()) {
                Path reports = module.resolve("target/surefire-reports");
                if (Files.isDirectory(reports)) {
                    readSuites(module.getFileName().toString(), reports);
                }
            }
        }
    }

    private void readSuites(String module, Path reports) throws IOException {
        Map<String, Long> times = classes.computeIfAbsent(module, _ -> new HashMap<>());
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".xml")).toList()) {
                Matcher suite = SUITE.matcher(Files.readString(file));
                if (suite.find()) {
                    times.put(
                            suite.group(1),
                            Math.round(Double.parseDouble(suite.group(2).replace(",", "")) * 1000));
                }
            }
        }
    }

    private void print(PrintStream out) {
        out.println("| Module | all | compile | tests | of it in classes | package and checks |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        long[] sum = new long[5];
        goals.forEach((artifact, times) -> {
            String module = artifact.replace("masterdeal-", "");
            long compile = sum(times, "compiler:");
            long tests = sum(times, "surefire:");
            long all = sum(times, "");
            long inClasses = classes.getOrDefault(module, Map.of()).values().stream()
                    .mapToLong(it -> it)
                    .sum();
            long[] row = {all, compile, tests, inClasses, all - compile - tests};
            print(out, module, row);
            for (int i = 0; i < row.length; i++) {
                sum[i] += row[i];
            }
        });
        print(out, "all", sum);
        out.println();
        out.println("| Test class | s | waiting for servers | contexts | platforms | processors idle |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        List<String[]> rows = new ArrayList<>();
        classes.forEach((module, times) ->
                times.forEach((name, ms) -> rows.add(new String[] {module, name, ms.toString()})));
        rows.sort(Comparator.comparingLong((String[] row) -> Long.parseLong(row[2]))
                .reversed());
        rows.stream().limit(SLOWEST).forEach(row -> {
            Map<Kind, Long> of = spans.getOrDefault(row[1], Map.of());
            String simple = row[1].substring(row[1].lastIndexOf('.') + 1);
            print(out, row[0] + " `" + simple + "`", new long[] {
                Long.parseLong(row[2]),
                of.getOrDefault(Kind.SERVERS, 0L),
                of.getOrDefault(Kind.CONTEXT, 0L),
                of.getOrDefault(Kind.PLATFORM, 0L),
                of.getOrDefault(Kind.IDLE, 0L)
            });
        });
        out.println();
        for (Kind kind : List.of(Kind.JVM, Kind.SERVERS, Kind.CONTEXT, Kind.PLATFORM, Kind.IDLE)) {
            long ms = spans.values().stream()
                    .mapToLong(it -> it.getOrDefault(kind, 0L))
                    .sum();
            out.printf("%s, over all JVMs: %.0f s%n", kind.name().toLowerCase(Locale.ROOT), ms / 1000.0);
        }
    }

    private static long sum(Map<String, Long> times, String prefix) {
        return times.entrySet().stream()
                .filter(it -> it.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void print(PrintStream out, String name, long[] ms) {
        StringBuilder row = new StringBuilder("| ").append(name).append(" |");
        for (long each : ms) {
            row.append(" ")
                    .append(each < 50 ? "" : "%.1f".formatted(each / 1000.0))
                    .append(" |");
        }
        out.println(row);
    }
}
