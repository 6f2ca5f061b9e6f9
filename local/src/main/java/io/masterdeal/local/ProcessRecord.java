package io.masterdeal.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A pid file that identifies its process. A process id is reused after its process has ended, so the record holds the
 * start time too; a process that started at another time or runs another program is a different one.
 */
record ProcessRecord(long pid, Instant startedAt) {
    /** The start time is computed from ticks since boot, so it shifts a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(ProcessHandle process) {
        return new ProcessRecord(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    void write(Path file) throws IOException {
        OwnerOnly.write(file, "pid=" + pid + "\nstarted=" + startedAt.toEpochMilli() + "\n");
    }

    /** The process that the file names, if it is still alive and certainly the same. */
    static Optional<ProcessHandle> findAlive(Path file, String program) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        try {
            long pid = Long.parseLong(properties.getProperty("pid", ""));
            Instant started = Instant.ofEpochMilli(Long.parseLong(properties.getProperty("started", "")));
            return findAlive(pid, started, TOLERANCE, program);
        } catch (NumberFormatException e) {
            return Optional.empty(); // Not a record of ours: it tells of no process.
        }
    }

    /** The live process with this id, if it started at about that time and runs a program of that name. */
    static Optional<ProcessHandle> findAlive(long pid, Instant started, Duration tolerance, String program) {
        return ProcessHandle.of(pid)
                .filter(Processes::isAlive)
                .filter(process -> isSame(process.info(), started, tolerance, program));
    }

    private static boolean isSame(ProcessHandle.Info info, Instant started, Duration tolerance, String program) {
        boolean sameStart = info.startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(tolerance) <= 0)
                .orElse(false);
        boolean sameProgram = info.command()
                .map(command -> Path.of(command).endsWith(program))
                .orElse(false);
        return sameStart && sameProgram;
    }
}
