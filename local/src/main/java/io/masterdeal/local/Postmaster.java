package io.masterdeal.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code postmaster.pid} says about the server that owns a data directory: its process, and when that started. */
record Postmaster(long pid, Instant startedAt) {
    static final String FILE = "postmaster.pid";

    /** The file has whole seconds, is written a little after the start, and the clock may have been set since. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    /** Empty if there is no such file, or it is not complete yet. First line: process id; third: start, seconds since 1970. */
    static Optional<Postmaster> read(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.get(0).strip()),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The server, if it is still alive and its process id has not been reused. */
    Optional<ProcessHandle> findAlive() {
        return ProcessRecord.findAlive(pid, startedAt, TOLERANCE, "postgres");
    }
}
