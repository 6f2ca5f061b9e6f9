package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Compares the events read here with those of the independent reader, if that and its data are there. */
class OracleTest {

    @TempDir
    private Path folder;

    @Test
    void the_events_of_the_loan_log_are_those_of_the_reference() throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: reads 262,200 events three times; runs in the long run (./masterdeal test --long)");
        Path shared = shared();
        Path mapping = shared.resolve("data/bpic2012.mapping.json");

        assertSameEvents(null, mapping, 84_336);
        assertSameEvents(shared.resolve("data/bpic2012.xes.gz"), mapping, 84_336);
    }

    @Test
    void the_events_of_the_sample_log_are_those_of_the_reference() throws Exception {
        shared();
        Path mapping = home().resolve("samples/deals.mapping.json");

        assertSameEvents(null, mapping, null);
    }

    private void assertSameEvents(@Nullable Path log, Path mapping, @Nullable Integer count) throws Exception {
        Map<String, JsonNode> wanted = reference(mapping);
        try (EventLog events = EventLogs.open(log, mapping, problem -> {
            throw new AssertionError(problem.message());
        })) {
            int read = 0;
            while (events.hasNext()) {
                JsonNode event = events.next().cloudEvent();
                read++;
                String id = event.get("id").stringValue();
                assertThat(event).as(id).isEqualTo(wanted.remove(id));
            }
            assertThat(wanted).as("not read").isEmpty();
            if (count != null) {
                assertThat(read).isEqualTo(count);
            }
        }
    }

    private Map<String, JsonNode> reference(Path mapping) throws IOException, InterruptedException {
        Path written = folder.resolve("events.jsonl");
        Process python = new ProcessBuilder(
                        "python3",
                        shared().resolve("tools/oracle.py").toString(),
                        "--mapping",
                        mapping.toString(),
                        "--emit-events",
                        written.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        assertThat(python.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
        assertThat(python.exitValue())
                .as(Files.readString(folder.resolve("output.txt")))
                .isZero();
        Map<String, JsonNode> events = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(written, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = LosslessJson.parse(line);
                events.put(event.get("id").stringValue(), event);
            }
        }
        return events;
    }

    private static Path home() {
        return Path.of(System.getProperty("masterdeal.home", ""));
    }

    private static Path shared() {
        Path shared = home().resolveSibling("shared");
        assumeTrue(
                Files.exists(shared.resolve("tools/oracle.py")) && Files.exists(shared.resolve("data/bpic2012.xes.gz")),
                "the reference and its data are not at hand: no folder \"shared\" beside " + home());
        assumeTrue(pythonRuns(), "python3 does not run here");
        return shared;
    }

    private static boolean pythonRuns() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
