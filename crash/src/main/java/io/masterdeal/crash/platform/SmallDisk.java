package io.masterdeal.crash.platform;

import io.masterdeal.local.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL whose data lie on a small disk of their own, which can be filled: a {@code tmpfs} in a mount namespace, for
 * which no rights are needed where the system lets users make namespaces.
 */
public final class SmallDisk implements PlatformDatabase {

    private static final int SIZE_MB = 400;

    private static final int READY_WITHIN_SECONDS = 120;

    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");

    private final Process process;

    private final Writer orders;

    private final Path output;

    private final Properties addresses = new Properties();

    private SmallDisk(Process process, Path output) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.output = output;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    }

    /** Whether this system lets us make such a disk; if not, why. Empty if it does. */
    public static String obstacle() throws InterruptedException {
        try {
            Process attempt = new ProcessBuilder(inNamespace("/tmp", 1, List.of("true")))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(attempt.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return attempt.waitFor() == 0 ? "" : said.strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> inNamespace(String directory, int megabytes, List<String> command) {
        String script = "mount -t tmpfs -o size=" + megabytes + "m,mode=700 tmpfs \"$0\" && exec \"$@\"";
        List<String> whole = new ArrayList<>(NAMESPACE);
        whole.addAll(List.of("/bin/sh", "-c", script, directory));
        whole.addAll(command);
        return whole;
    }

    /** Starts it; returns when it answers. */
    public static SmallDisk start(Path directory) throws IOException, InterruptedException {
        Path disk = Files.createDirectories(directory.resolve("small-disk"));
        Path addresses = directory.resolve("small-disk.properties");
        Path output = directory.resolve("small-disk.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Dmasterdeal.home=" + System.getProperty("masterdeal.home", ""),
                "-cp",
                System.getProperty("java.class.path"),
                SmallDiskHost.class.getName(),
                disk.toString(),
                Integer.toString(Ports.free()),
                addresses.toString());
        Process process = new ProcessBuilder(inNamespace(disk.toString(), SIZE_MB, command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        SmallDisk started = new SmallDisk(process, output);
        started.awaitReady(addresses);
        return started;
    }

    private void awaitReady(Path file) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_WITHIN_SECONDS);
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("PostgreSQL on a small disk does not start: " + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            addresses.load(reader);
        }
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

    /** What its process has said, with PostgreSQL's end and new start if they came. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public String jdbcUrl() {
        return addresses.getProperty("jdbc-url");
    }

    @Override
    public String user() {
        return addresses.getProperty("user");
    }

    @Override
    public String password() {
        return addresses.getProperty("password");
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(READY_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
