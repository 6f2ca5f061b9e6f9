package io.masterdeal.app;

import static org.awaitility.Awaitility.await;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import io.masterdeal.processes.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code masterdeal up} in a JVM of its own, which may be killed. */
final class ChildPlatform implements AutoCloseable {

    private static final String UP = "MasterDeal is up.";

    /**
     * Makes a process the leader of its own group, which reacts to SIGINT like the foreground of a terminal: background processes
     * of a shell ignore it, and their children inherit that. Empty if the system has no programs for it.
     */
    private static final List<String> AS_IN_A_TERMINAL = asInATerminal();

    /** The exit code after {@link #interrupt()}. */
    static final int INTERRUPTED = AS_IN_A_TERMINAL.isEmpty() ? 143 : 130;

    private final Path data;

    private final Path output;

    private final JavaProcess process;

    private ChildPlatform(Path data, Path output, JavaProcess process) {
        this.data = data;
        this.output = output;
        this.process = process;
    }

    /** Starts it, and returns when it is up. */
    static ChildPlatform up(Path data, String... options) throws IOException {
        return up(MasterDeal.class, List.of(), data, options);
    }

    private static ChildPlatform up(Class<?> main, List<String> moreOptions, Path data, String... options)
            throws IOException {
        ChildPlatform child = begin(main, moreOptions, data, "up", options);
        await("the platform in " + data + " is up")
                .atMost(TestPlatform.PATIENCE)
                .failFast(() -> child.failIfEnded())
                .until(() -> child.output().contains(UP));
        return child;
    }

    /** Starts a command that runs a platform, without waiting until it is up. */
    static ChildPlatform begin(Path data, String name, String... options) throws IOException {
        return begin(MasterDeal.class, List.of(), data, name, options);
    }

    private static ChildPlatform begin(
            Class<?> main, List<String> moreOptions, Path data, String name, String... options) throws IOException {
        Files.createDirectories(data.toAbsolutePath().getParent());
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), name, ".out");
        List<String> shortLived = JavaCommand.shortLived();
        JavaCommand command = JavaCommand.of(main)
                .wrappedBy(AS_IN_A_TERMINAL)
                .withOptions(shortLived)
                .withOptions(moreOptions)
                .withOptions(
                        "-Xmx512m",
                        "-Dmasterdeal.local.java-options=" + String.join(" ", shortLived),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Duser.timezone=UTC",
                        "-Dmasterdeal.home=" + TestPlatform.home())
                .withArguments(name, "--data", data.toString())
                .withArguments(options);
        JavaProcess process = JavaProcess.start(name, command, output);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        return new ChildPlatform(data, output, process);
    }

    /** The service alone, on a port of its choice or ours, at the servers and with the keys of a platform. */
    static ChildPlatform service(Path data, TestPlatform at, int port) throws IOException {
        return service(data, at, port, true);
    }

    /**
     * The same.
     *
     * @param shared whether it shares the partitions with others; if not, one of them stands by
     */
    static ChildPlatform service(Path data, TestPlatform at, int port, boolean shared) throws IOException {
        return role(
                data,
                at,
                Map.of("masterdeal.intake.shared", Boolean.toString(shared)),
                "--roles=service",
                "--service-port=" + port);
    }

    /** The router alone, on a free port, with a file of subscriptions, at the servers and with the keys of a platform. */
    static ChildPlatform router(Path data, TestPlatform at, Path subscriptions) throws IOException {
        return role(
                data,
                at,
                Map.of(),
                "--roles=router",
                "--router-port=0",
                "--sinks=127.0.0.1",
                "--subscriptions=" + subscriptions);
    }

    private static ChildPlatform role(Path data, TestPlatform at, Map<String, String> more, String... options)
            throws IOException {
        return up(data, at(data, at, more, options));
    }

    /** Roles at the servers and with the keys of a platform, run by a main class that does more than start them. */
    static ChildPlatform run(Class<?> main, List<String> moreOptions, Path data, TestPlatform at, String... options)
            throws IOException {
        return up(main, moreOptions, data, at(data, at, Map.of(), options));
    }

    private static String[] at(Path data, TestPlatform at, Map<String, String> more, String... options)
            throws IOException {
        LocalAddresses servers = at.servers();
        Files.createDirectories(data);
        Path kafka = SettingsFile.write(data.resolve("kafka.properties"), servers.kafkaClientProperties());
        Path password = SettingsFile.writeText(data.resolve("postgres.password"), servers.postgresPassword());
        Map<String, String> settings = new HashMap<>(more);
        settings.put("masterdeal.api-keys", at.addresses().apiKeys().toString());
        Path config = SettingsFile.write(data.resolve("config.properties"), settings);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--kafka=" + servers.kafkaBootstrapServers(),
                "--kafka-config=" + kafka,
                "--postgres=" + servers.jdbcUrl(),
                "--postgres-user=" + servers.postgresUser(),
                "--postgres-password-file=" + password,
                "--registry=" + servers.registryUrl(),
                "--config=" + config));
        return all.toArray(String[]::new);
    }

    private void failIfEnded() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("it ended with exit code " + process.exitCode() + ":\n" + output());
        }
    }

    /** The addresses of its roles. */
    PlatformAddresses addresses() {
        return PlatformAddresses.read(data);
    }

    /** Its output. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** Waits until it ends by itself; returns its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.awaitEnd(TestPlatform.PATIENCE)) {
            throw new AssertionError("process " + process.pid() + " does not end");
        }
        return process.exitCode();
    }

    /** Its data directory. */
    Path data() {
        return data;
    }

    ProcessHandle process() {
        return process.handle();
    }

    /** Kills only this process, like {@code kill -9}, not what it started. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.awaitEnd(Duration.ofMinutes(1))) {
            throw new AssertionError("process " + process.pid() + " was killed and lives");
        }
    }

    /** Asks it to end, like {@code kill}; returns its exit code. */
    int terminate() throws InterruptedException {
        if (!process.terminate(TestPlatform.PATIENCE)) {
            throw new AssertionError("process " + process.pid() + " does not end");
        }
        return process.exitCode();
    }

    /** Interrupts it and all of its process group, like Ctrl-C in a terminal; returns its exit code. */
    int interrupt() throws IOException, InterruptedException {
        if (AS_IN_A_TERMINAL.isEmpty()) {
            System.out.println("a TERM signal stands in for Ctrl-C: this system lacks setsid, or env --default-signal");
            return terminate();
        }
        runs("/bin/sh", "-c", "kill -INT -" + process.pid());
        return awaitEnd();
    }

    private static List<String> asInATerminal() {
        List<String> prefix = List.of("setsid", "env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            return runs(trial.toArray(String[]::new)) ? prefix : List.of();
        } catch (IOException e) {
            return List.of(); // There is no setsid.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        try {
            if (!process.terminate(Duration.ofMinutes(1))) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
