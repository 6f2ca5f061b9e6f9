package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** The independent implementation of the model and its data, in the folder {@code shared} beside the project, if there. */
final class Reference {

    private Reference() {}

    /** A file of its data; if it is missing, the test is skipped. */
    static Path data(String name) {
        Path shared = shared();
        assumeTrue(
                Files.exists(shared.resolve("data").resolve(name)),
                "SKIPPED: no data/" + name + " in " + shared + ", which holds the reference");
        return shared.resolve("data").resolve(name);
    }

    /** Runs one of its programs; if it or Python 3 is missing, the test is skipped. Returns the output file. */
    static Path run(Path output, String program, String... arguments) throws IOException, InterruptedException {
        Path script = shared().resolve("tools").resolve(program);
        assumeTrue(Files.exists(script), "SKIPPED: there is no " + script);
        assumeTrue(pythonRuns(), "SKIPPED: python3 does not run here");
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("reference", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES))
                    .as("%s ended in time", command)
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(err);
        }
        return output;
    }

    /** The text in a compressed file. */
    static String unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path shared() {
        Path shared = TestPlatform.home().resolveSibling("shared");
        assumeTrue(
                Files.isDirectory(shared),
                "SKIPPED: the reference is not at hand, there is no folder \"shared\" beside " + TestPlatform.home());
        return shared;
    }

    private static boolean pythonRuns() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
