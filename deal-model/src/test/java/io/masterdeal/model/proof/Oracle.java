package io.masterdeal.model.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The oracle, if it is available: the folder {@code shared} beside the source tree, and Python 3. It shares no code with
 * the model.
 */
final class Oracle {

    private final Path shared;

    private final Path scratch;

    private int runs;

    private Oracle(Path shared, Path scratch) {
        this.shared = shared;
        this.scratch = scratch;
    }

    /** Finds it, or skips the test with a message that says what is missing. */
    static Oracle find(Path scratch) {
        Path shared = home().resolveSibling("shared");
        assumeTrue(
                Files.isReadable(shared.resolve("tools/oracle.py")),
                "skipped: the oracle is not at hand, there is no " + shared.resolve("tools/oracle.py"));
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, "python3"))),
                "skipped: the oracle is not at hand, there is no python3 on the path");
        return new Oracle(shared, scratch);
    }

    static Path home() {
        String named = System.getProperty("masterdeal.home");
        if (named != null && !named.isBlank()) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw")) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }

    Path data(String name) {
        Path file = shared.resolve("data").resolve(name);
        assumeTrue(Files.isReadable(file), "skipped: there is no " + file);
        return file;
    }

    /** Random histories, as events. */
    Path histories(int seed, int count, boolean conflicts) {
        List<String> arguments = new ArrayList<>(List.of(tool("histories.py"), "" + seed, "" + count));
        if (conflicts) {
            arguments.add("--conflicts");
        }
        return python(arguments);
    }

    /** The events of the logs that a mapping names. */
    Path events(Path mapping) {
        Path out = scratch.resolve("events-" + ++runs);
        python(List.of(tool("oracle.py"), "--mapping", mapping.toString(), "--emit-events", out.toString()));
        return out;
    }

    /** The results of the oracle for events, with each rule set. */
    Map<String, String> reports(Path events) {
        Path lines = snippet("""
                import oracle
                facts = oracle.facts_from_lines(sys.argv[1])
                for rules in oracle.RULE_SETS:
                    report = oracle.canonical_output(*oracle.evaluate(facts, rules))
                    sys.stdout.buffer.write(rules.encode() + b"\\n" + report + b"\\n")
                """, events);
        Map<String, String> reports = new HashMap<>();
        for (String part : EventLines.text(lines).split("\n\n", -1)) {
            int head = part.indexOf('\n');
            if (head > 0) {
                reports.put(part.substring(0, head), part.substring(head + 1) + '\n');
            }
        }
        assertThat(reports).hasSize(3);
        return reports;
    }

    /** Runs a snippet that may import the oracle. */
    Path snippet(String code, Path input) {
        String path = "import sys; sys.path.insert(0, %s)\n".formatted("'" + shared.resolve("tools") + "'");
        return python(List.of("-c", path + code, input.toString()));
    }

    private String tool(String name) {
        return shared.resolve("tools").resolve(name).toString();
    }

    private Path python(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(arguments);
        Path out = scratch.resolve("python-" + ++runs + ".out");
        Path errors = scratch.resolve("python-" + runs + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONUTF8", "1");
        try {
            Process process = builder.start();
            try {
                assertThat(process.waitFor(10, TimeUnit.MINUTES))
                        .as("%s ends in time", command)
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue())
                    .as("%s: %s", command, EventLines.text(errors))
                    .isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while python ran", e);
        }
    }
}
