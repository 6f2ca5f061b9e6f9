package io.masterdeal.rulesets.sla;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases, expected results and the oracle, in the folder {@code shared} beside the source tree, if it is at hand. */
final class Reference {

    private static final Path SHARED = Path.of(System.getProperty("masterdeal.home", "."))
            .toAbsolutePath()
            .normalize()
            .resolveSibling("shared");

    private Reference() {}

    /** A file below {@code shared}; the test is skipped if it is absent. */
    static Path file(String name) {
        Path file = SHARED.resolve(name);
        assumeTrue(Files.isReadable(file), "skipped: there is no " + file);
        return file;
    }

    static JsonNode json(String name) {
        return JsonMapper.shared().readTree(text(file(name)));
    }

    /** The lines of a file, unpacked if its name says that it is packed. */
    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String text(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the oracle prints for these arguments; the test is skipped if there is no Python. */
    static String oracle(List<String> arguments) throws IOException, InterruptedException {
        Path oracle = file("tools/sla_oracle.py");
        assumeTrue(isExecutable("python3"), "skipped: there is no python3 on the path");
        List<String> command = new ArrayList<>(List.of("python3", oracle.toString()));
        command.addAll(arguments);
        Path errors = Files.createTempFile("sla-oracle", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        "the oracle ended with " + process.exitValue() + ": " + Files.readString(errors));
            }
            return output;
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private static boolean isExecutable(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
