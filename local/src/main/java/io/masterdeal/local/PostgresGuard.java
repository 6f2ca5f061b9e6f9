package io.masterdeal.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell between this process and PostgreSQL that ignores the terminal's signals. It starts the server, and stops it if this
 * process dies, whenever that happens: even after the server has started and before this process knows of it.
 */
final class PostgresGuard {
    private static final Duration POLL = Duration.ofMillis(20);

    /**
     * Runs the command that starts the server, reports its exit code in a file that appears complete, and waits for the end of
     * this process, which it sees as the end of its input. Then it requests a fast shutdown, but only if the server that owns the
     * data is still its own. Writing to a pipe that nobody reads must not end it.
     */
    private static final String SCRIPT = """
            trap '' INT HUP TERM PIPE
            data=$1 log=$2 result=$3
            shift 3
            "$@" >>"$log" 2>&1 </dev/null
            echo $? >"$result.new" && mv "$result.new" "$result"
            pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
            cat >/dev/null
            [ -n "$pid" ] && [ "$(head -n 1 "$data/postmaster.pid" 2>/dev/null)" = "$pid" ] && kill -INT "$pid"
            """;

    private final Process process;
    private final Path result;

    private PostgresGuard(Process process, Path result) {
        this.process = process;
        this.result = result;
    }

    /** Begins to start the server, and returns at once. */
    static PostgresGuard start(StartContext context, PostgresPrograms programs, List<String> starter)
            throws IOException {
        Path result = context.data().run("postgresql.started");
        Files.deleteIfExists(result);
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "sh",
                context.data().of(Part.POSTGRESQL).toString(),
                context.data().log(Part.POSTGRESQL).toString(),
                result.toString()));
        command.addAll(programs.command(starter));
        Process process = PostgresPrograms.builder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new PostgresGuard(process, result);
    }

    /**
     * Waits until the server answers, or does not start.
     *
     * @return the exit code of the command that starts it; -1 if it took too long, or the guard was killed
     */
    int awaitStart(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!Files.exists(result)) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                return -1;
            }
        }
        return Integer.parseInt(Files.readString(result).strip());
    }

    /** Makes the guard stop its server, if that still runs, and end. Waits for that for {@code limit} at most. */
    void release(Duration limit) throws IOException {
        process.getOutputStream().close();
        Processes.awaitEnd(process.toHandle(), limit);
    }
}
