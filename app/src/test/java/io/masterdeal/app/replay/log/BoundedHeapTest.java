package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs far larger than the heap are read in a separate JVM. */
class BoundedHeapTest {

    private static final int CASES = 8_000;
    private static final int EVENTS = 100_000;

    @TempDir
    private Path folder;

    @Test
    void a_csv_log_with_scattered_rows_is_shuffled_and_repeated_in_a_small_heap() throws Exception {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("big.csv"))) {
            out.write("deal,at,what,case:client,note\n");
            for (int i = 0; i < EVENTS; i++) {
                out.write("D-" + i % CASES + ",2026-01-01T10:00:00Z,Sent,Client & Sons,\"" + "n".repeat(200) + "\"\n");
            }
        }

        assertThat(readInSmallHeap("big.csv", "csv")).isEqualTo("120000 of 120000, 100000 different");
    }

    @Test
    void an_xes_log_with_one_trace_that_is_larger_than_the_heap_is_read_too() throws Exception {
        Path file = folder.resolve("big.xes.gz");
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            out.write("<log><trace><string key='concept:name' value='D-0'/>\n");
            for (int i = 0; i < EVENTS; i++) {
                out.write(
                        "<event><string key='concept:name' value='Sent &amp; &lt;filed&gt;'/><string key='note' value='"
                                + "n".repeat(200)
                                + "'/><date key='time:timestamp' value='2026-01-01T10:00:00Z'/></event>\n");
            }
            out.write("</trace></log>");
        }

        assertThat(readInSmallHeap("big.xes.gz", "xes")).isEqualTo("120000 of 120000, 100000 different");
    }

    private String readInSmallHeap(String log, String format) throws IOException, InterruptedException {
        Path mapping = new LogFiles(folder).mapping(log, format);
        Path answer = folder.resolve("answer.txt");
        Path output = folder.resolve("output.txt");
        JavaProcess process = JavaProcess.start(
                "the reader",
                JavaCommand.of(SmallHeap.class)
                        .withOptions("-Xmx32m")
                        .withArguments(mapping.toString(), folder.toString(), answer.toString()),
                output);
        try {
            assertThat(process.awaitEnd(Duration.ofMinutes(3)))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitCode()).as(Files.readString(output)).isZero();
        return Files.readString(answer);
    }

    /** The main class of the JVM with the small heap. */
    static final class SmallHeap {

        private SmallHeap() {}

        public static void main(String[] arguments) throws IOException {
            EventLog log = EventLogs.open(null, Path.of(arguments[0]), problem -> {
                throw new AssertionError(problem.message());
            });
            BitSet lines = new BitSet();
            int read = 0;
            try (EventLog shuffled = EventShuffle.of(log, 1L, 20, Path.of(arguments[1]))) {
                while (shuffled.hasNext()) {
                    lines.set((int) shuffled.next().position());
                    read++;
                }
                Files.writeString(
                        Path.of(arguments[2]),
                        read + " of " + shuffled.total().orElseThrow() + ", " + lines.cardinality() + " different");
            }
        }
    }
}
