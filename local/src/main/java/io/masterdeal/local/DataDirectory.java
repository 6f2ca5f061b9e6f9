package io.masterdeal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which everything is kept: {@code kafka/}, {@code postgresql/}, {@code registry/}, {@code secrets/},
 * {@code run/} and {@code logs/}. Held by one running infrastructure at a time, by a lock on {@code run/lock}.
 */
final class DataDirectory implements AutoCloseable {
    /** With less than this, in bytes, neither a database nor a log can be expected to work. */
    private static final long SMALLEST_FREE_SPACE = 200L * 1024 * 1024;

    /** Data directories held by this JVM: a file lock does not exclude two threads of one process. */
    private static final Set<Path> HELD = new HashSet<>();

    /** The file that names the process that holds the folder. */
    private static final String OWNER = "owner.pid";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;
    private final FileChannel lockChannel;
    private final Optional<String> killedRun;

    private DataDirectory(Path root, FileChannel lockChannel, Optional<String> killedRun) {
        this.root = root;
        this.lockChannel = lockChannel;
        this.killedRun = killedRun;
    }

    /** Creates the folder if absent, and locks it for this run. */
    static DataDirectory open(Path directory) {
        checkName(directory);
        try {
            Path root = OwnerOnly.newDirectory(directory).toRealPath();
            checkSpace(root);
            for (String part : new String[] {"secrets", "run", "logs"}) {
                OwnerOnly.directory(root.resolve(part));
            }
            return lock(root);
        } catch (IOException e) {
            throw new LocalInfrastructureException(
                    "The data directory " + directory + " cannot be used: " + e
                            + ". Make it writable, or name another.",
                    e);
        }
    }

    /** Kafka ends a path at a comma, and pg_ctl puts paths in double quotes. */
    private static void checkName(Path directory) {
        String name = directory.toString();
        if (name.chars().anyMatch(c -> c == ',' || c == '"' || c == '\\' || c == '$' || c == '`' || c < ' ')) {
            throw new LocalInfrastructureException(
                    "The data directory " + name + " has a character in its name that Kafka"
                            + " or PostgreSQL cannot take (one of , \" \\ $ ` or a control character). Name another directory.");
        }
    }

    private static void checkSpace(Path root) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < SMALLEST_FREE_SPACE) {
            throw new LocalInfrastructureException(
                    "Only " + free / (1024 * 1024) + " MB are free on the disk of " + root
                            + ", and at least " + SMALLEST_FREE_SPACE / (1024 * 1024)
                            + " MB are needed. Free some space, or name a data directory on another disk.");
        }
    }

    private static DataDirectory lock(Path root) throws IOException {
        Path owner = root.resolve("run").resolve(OWNER);
        synchronized (HELD) {
            if (!HELD.add(root)) {
                throw inUse(root, owner);
            }
        }
        @Nullable FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    root.resolve("run").resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(root, owner);
            }
            // An orderly end deletes the file.
            Optional<String> killedRun =
                    Files.exists(owner) ? Optional.of(Files.readString(owner).strip()) : Optional.empty();
            OwnerOnly.write(owner, Long.toString(ProcessHandle.current().pid()));
            return new DataDirectory(root, channel, killedRun);
        } catch (IOException | RuntimeException e) {
            release(root, channel);
            throw e;
        }
    }

    private static LocalInfrastructureException inUse(Path root, Path owner) {
        String pid;
        try {
            pid = Files.readString(owner).strip();
        } catch (IOException e) {
            pid = "unknown, " + owner + " is not readable";
        }
        return new LocalInfrastructureException(
                "The data directory " + root + " is in use by a running MasterDeal (process " + pid
                        + "). Stop that one first, or name another data directory.");
    }

    private static void release(Path root, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (HELD) {
                HELD.remove(root);
            }
        }
    }

    Path root() {
        return root;
    }

    /** The process id of the run before this one, if it was killed; empty if it ended in order, or there was none. */
    Optional<String> killedRun() {
        return killedRun;
    }

    /** Where the part keeps its data; not created here, since PostgreSQL has to do that itself. */
    Path of(Part part) {
        return root.resolve(part.directory());
    }

    Path log(Part part) {
        return root.resolve("logs").resolve(part.directory() + ".log");
    }

    /** A file that is meaningful during one run only. */
    Path run(String name) {
        return root.resolve("run").resolve(name);
    }

    /** An empty folder for the temporary files of a part, so that they are not in a folder that all users share. */
    Path temporary(Part part) throws IOException {
        Path directory = root.resolve("run").resolve(part.directory() + ".tmp");
        Trees.delete(directory);
        return OwnerOnly.newDirectory(directory);
    }

    /** Moves the log of the last run aside, so that this run's log starts empty; the one before is dropped. */
    Path newLog(Part part) throws IOException {
        Path log = log(part);
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    Path secretFile(String name) {
        return root.resolve("secrets").resolve(name);
    }

    /** The password of that name; made up at first use and the same ever after. It has letters, digits, - and _ only. */
    String secret(String name) throws IOException {
        Path file = secretFile(name);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[24];
            RANDOM.nextBytes(bytes);
            OwnerOnly.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        String secret = Files.readString(file).strip();
        if (!secret.matches("[A-Za-z0-9_-]{16,}")) {
            throw new LocalInfrastructureException(
                    "The password in " + file + " is not one that was generated here"
                            + " (16 or more letters, digits, - and _). Put the old one back, or start with a new data directory.");
        }
        return secret;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(run(OWNER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release(root, lockChannel);
        }
    }
}
