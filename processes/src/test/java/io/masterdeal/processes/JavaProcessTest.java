package io.masterdeal.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void a_kill_reaches_what_the_process_has_started() throws Exception {
        try (JavaProcess parent = start(1)) {
            // given
            ProcessHandle child = awaitChild(parent);

            // when
            boolean killed = parent.kill();

            // then
            assertThat(killed).isTrue();
            assertThat(parent.isAlive()).isFalse();
            assertThat(child.isAlive()).isFalse();
            assertThat(parent.kill()).as("killed again").isFalse();
        }
    }

    @Test
    void a_paused_process_lives_and_ends_only_when_it_is_resumed() throws Exception {
        try (JavaProcess process = start(0)) {
            assertThat(process.pause()).isTrue();
            assertThat(process.isAlive()).isTrue();
            assertThat(process.terminate(Duration.ofMillis(200)))
                    .as("ended while paused")
                    .isFalse();

            process.resume();
            await().atMost(PATIENCE).until(() -> !process.isAlive());
        }
    }

    @Test
    void a_process_ends_when_its_input_does_and_its_child_with_it() throws Exception {
        // given
        JavaProcess parent = start(1);
        ProcessHandle child = awaitChild(parent);

        // when
        parent.close();

        // then
        assertThat(parent.exitCode()).isEqualTo(3);
        await().atMost(PATIENCE).until(() -> !child.isAlive());
    }

    @Test
    void a_process_that_does_not_start_is_reported_with_the_end_of_its_log() {
        try (JavaProcess process =
                JavaProcess.start("the parent", Parent.command(-1, "unused"), directory.resolve("failed.log"))) {
            assertThatThrownBy(() -> process.awaitReady(PATIENCE, () -> false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the parent does not start")
                    .hasMessageContaining("there are no fewer than none");
            assertThatThrownBy(process::throwIfEnded).hasMessageContaining("has ended with exit code 1");
        }
    }

    @Test
    void settings_are_written_for_their_owner_alone() throws IOException {
        // given
        Path file = directory.resolve("some.properties");
        SettingsFile.write(file, Map.of("password", "old"));

        // when
        SettingsFile.write(file, Map.of("password", "ä = #1", "port", "0"));

        // then
        assertThat(SettingsFile.read(file)).isEqualTo(Map.of("password", "ä = #1", "port", "0"));
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        try (var files = Files.list(directory)) {
            assertThat(files.toList()).isEqualTo(List.of(file));
        }
    }

    private JavaProcess start(int more) throws InterruptedException {
        Path log = directory.resolve("parent.log");
        JavaProcess process = JavaProcess.start(
                "the parent",
                Parent.command(more, directory.resolve("child.log").toString()),
                log);
        process.awaitReady(PATIENCE, () -> contains(log));
        return process;
    }

    private static ProcessHandle awaitChild(JavaProcess parent) {
        return await().atMost(PATIENCE)
                .until(() -> parent.handle().children().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static boolean contains(Path log) {
        try {
            return Files.readString(log).contains("running");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
