package io.masterdeal.benchmarks.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of the service on a stand. */
public final class ServiceProcess implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final long PATIENCE_S = 90;

    private final Process process;

    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a process; returns when it answers.
     *
     * @param more settings besides those of the stand
     * @param flags of the Java virtual machine, besides those for its memory
     * @throws IllegalStateException if it ends, or does not answer in time; the message has the end of its log
     */
    public static ServiceProcess start(Stand stand, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        try {
            String name = "service-" + NUMBER.incrementAndGet();
            Properties properties = new Properties();
            properties.putAll(stand.serviceSettings());
            properties.putAll(more);
            Path settings = Files.createFile(
                    stand.directory().resolve(name + ".properties"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Writer writer = Files.newBufferedWriter(settings)) {
                properties.store(writer, null);
            }
            Path answered = stand.directory().resolve(name + ".port");
            Path log = stand.directory().resolve(name + ".log");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx1g");
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.addAll(flags);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(ServiceMain.class.getName(), settings.toString(), answered.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServiceProcess(process, awaitPort(process, answered, log));
        } catch (IOException e) {
            throw new UncheckedIOException("the service cannot be started", e);
        }
    }

    private static int awaitPort(Process process, Path answered, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!Files.exists(answered)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                List<String> lines = Files.readAllLines(log);
                throw new IllegalStateException("the service does not start; its log ends with:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
            }
        }
        return Integer.parseInt(Files.readString(answered));
    }

    /** The port on 127.0.0.1 where it answers. */
    public int port() {
        return port;
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it as on an orderly stop; kills it if that takes more than 30 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
