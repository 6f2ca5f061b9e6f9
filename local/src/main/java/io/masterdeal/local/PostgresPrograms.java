package io.masterdeal.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root, so root runs them in a user namespace of their own, in which
 * the process has no rights; outside of it its files still belong to root.
 *
 * @param home the folder with {@code bin}
 * @param wrapper the words before the program on the command line
 */
record PostgresPrograms(Path home, List<String> wrapper) {
    static final String MAJOR_VERSION = "18";

    private static final List<String> NAMESPACE = List.of("unshare", "--user");
    private static final Duration SHORT = Duration.ofSeconds(10);

    static PostgresPrograms find(StartContext context) throws IOException, InterruptedException {
        Path home = PostgresBinaries.unpacked(context);
        Path owned = context.data().run("owner.pid");
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(owned, "unix:uid"));
        if (root && !namespacesWork()) {
            throw new LocalInfrastructureException(
                    "PostgreSQL refuses to run as root, and this system does not let root make"
                            + " a user namespace (\"unshare --user true\" fails). Run MasterDeal as an ordinary user.");
        }
        return new PostgresPrograms(home, root ? NAMESPACE : List.of());
    }

    private static boolean namespacesWork() throws InterruptedException {
        List<String> command = new ArrayList<>(NAMESPACE);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(SHORT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // There is no such program.
        }
    }

    /** The command line of a program: its name and arguments. */
    List<String> command(List<String> nameAndArguments) {
        List<String> whole = new ArrayList<>(wrapper);
        whole.add(home.resolve("bin").resolve(nameAndArguments.getFirst()).toString());
        whole.addAll(nameAndArguments.subList(1, nameAndArguments.size()));
        return whole;
    }

    /** A process without the variables of the user's environment that would change how it behaves. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /**
     * Runs one of the programs to its end.
     *
     * @param pidFile names its process while it runs
     * @return its exit code, or -1 if it took too long and was killed
     */
    int run(File log, Path pidFile, Duration limit, List<String> nameAndArguments)
            throws IOException, InterruptedException {
        Process process = builder(command(nameAndArguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        try {
            ProcessRecord.of(process.toHandle()).write(pidFile);
            process.getOutputStream().close();
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            return -1;
        } finally {
            process.destroyForcibly();
            Processes.forget(pidFile);
        }
    }

    /** Sends a signal through the shell, since Java can send only two of them. */
    static void signal(long pid, String name) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Processes.awaitEnd(process.toHandle(), SHORT);
    }
}
