package io.masterdeal.crash.platform;

import io.masterdeal.local.Ports;
import io.masterdeal.processes.DatabaseLogin;
import io.masterdeal.processes.JavaCommand;
import io.masterdeal.processes.JavaProcess;
import io.masterdeal.processes.SettingsFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A PostgreSQL whose data directory is on a small disk of its own, which can be filled: a {@code tmpfs} in a mount namespace,
 * which needs no privileges where the system lets users create namespaces.
 */
public final class SmallDisk implements PlatformDatabase {

    private static final int SIZE_MB = 400;

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");

    private final JavaProcess process;

    private final Writer orders;

    private final DatabaseLogin login;

    private SmallDisk(JavaProcess process, DatabaseLogin login) {
        this.process = process;
        this.orders = new OutputStreamWriter(process.input(), StandardCharsets.UTF_8);
        this.login = login;
    }

    /** Whether this system lets us make such a disk; if not, why. Empty if it does. */
    public static String obstacle() throws InterruptedException {
        List<String> command = new ArrayList<>(inNamespace("/tmp", 1));
        command.add("true");
        try {
            Process attempt =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(attempt.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return attempt.waitFor() == 0 ? "" : said.strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What runs the command after it with a small disk at a directory. */
    private static List<String> inNamespace(String directory, int megabytes) {
        List<String> program = new ArrayList<>(NAMESPACE);
        program.addAll(List.of(
                "/bin/sh",
                "-c",
                "mount -t tmpfs -o size=" + megabytes + "m,mode=700 tmpfs \"$0\" && exec \"$@\"",
                directory));
        return program;
    }

    /**
     * Starts it; returns when it answers.
     *
     * @throws IllegalStateException if PostgreSQL does not start
     */
    public static SmallDisk start(Path directory) throws IOException, InterruptedException {
        Path disk = Files.createDirectories(directory.resolve("small-disk"));
        Path addresses = directory.resolve("small-disk.properties");
        JavaCommand command = JavaCommand.of(SmallDiskHost.class)
                .wrappedBy(inNamespace(disk.toString(), SIZE_MB))
                .withOptions(
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dmasterdeal.home=" + System.getProperty("masterdeal.home", ""))
                .withArguments(disk.toString(), Integer.toString(Ports.free()), addresses.toString());
        JavaProcess process =
                JavaProcess.start("PostgreSQL on a small disk", command, directory.resolve("small-disk.txt"));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        process.awaitReady(READY_WITHIN, () -> Files.exists(addresses));
        Map<String, String> login = SettingsFile.read(addresses);
        return new SmallDisk(
                process, new DatabaseLogin(of(login, "jdbc-url"), of(login, "user"), of(login, "password")));
    }

    private static String of(Map<String, String> login, String name) {
        return Objects.requireNonNull(login.get(name), name);
    }

    /** Leaves not a byte free on the disk. */
    public void fill() throws IOException {
        order(SmallDiskHost.FILL);
    }

    /** Gives the space back that {@link #fill} took. */
    public void free() throws IOException {
        order(SmallDiskHost.FREE);
    }

    private void order(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
    }

    /** What its process has printed, with every end and restart of PostgreSQL. */
    public String output() throws IOException {
        return Files.readString(process.log());
    }

    @Override
    public DatabaseLogin login() {
        return login;
    }

    @Override
    public void close() {
        process.close();
    }
}
