package io.masterdeal.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The PostgreSQL server. {@code pg_ctl} starts it in a session of its own, so Ctrl-C in the terminal does not reach it, and a
 * {@link PostgresGuard} stops it if this process dies.
 */
final class PostgresServer implements RunningPart {
    private static final int STOP_SECONDS = 30;
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    /** How often the start is tried while processes of a killed server still hold its memory or its lock; the pause is in ms. */
    private static final int ATTEMPTS = 20;

    private static final long PAUSE_MS = 500;

    private static final long MIB = 1024 * 1024;

    private static final String INITDB_PID = "initdb.pid";

    private final Path data;
    private final int port;
    private final ProcessHandle process;
    private final PostgresGuard guard;

    private PostgresServer(Path data, int port, ProcessHandle process, PostgresGuard guard) {
        this.data = data;
        this.port = port;
        this.process = process;
        this.guard = guard;
    }

    static RunningPart start(StartContext context, PostgresPrograms programs, int port, Set<DatabaseRole> roles)
            throws IOException, PortTakenException, InterruptedException {
        long started = System.nanoTime();
        Path data = context.data().of(Part.POSTGRESQL);
        context.data().newLog(Part.POSTGRESQL);
        createIfNew(context, programs, data);
        PostgresServer server = launchWhenFree(context, programs, data, port);
        try {
            PostgresAccounts.prepare(context, port, roles);
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw e;
        }
        context.ready(Part.POSTGRESQL, port, started);
        return server;
    }

    /** Stops the server that a killed run left behind, and deletes its pid file if another process has that id now. */
    static void stopLeftBehind(StartContext context) throws IOException {
        stopInitdb(context);
        Path data = context.data().of(Part.POSTGRESQL);
        Optional<Postmaster> mark = Postmaster.read(data);
        if (mark.isEmpty()) {
            return;
        }
        long pid = mark.get().pid();
        Optional<ProcessHandle> alive = mark.get().findAlive();
        if (alive.isPresent()) {
            context.progress().accept("stopping PostgreSQL of an earlier run (process " + pid + ") ...");
            stop(data, alive.get());
            return;
        }
        context.progress()
                .accept("PostgreSQL of an earlier run (process " + pid
                        + ") was killed; it recovers what was committed from its log");
        if (ProcessHandle.of(pid).isPresent()) {
            // PostgreSQL would take the other process for a server on this data and refuse to start.
            Files.deleteIfExists(data.resolve(Postmaster.FILE));
        }
    }

    /** Stops initdb if a run was killed during its first start. */
    private static void stopInitdb(StartContext context) throws IOException {
        Path pidFile = context.data().run(INITDB_PID);
        ProcessRecord.findAlive(pidFile, "initdb").ifPresent(process -> {
            context.progress()
                    .accept("stopping PostgreSQL's initdb of an earlier run (process " + process.pid() + ") ...");
            Processes.end(process, AFTER_KILL, AFTER_KILL);
        });
        Files.deleteIfExists(pidFile);
    }

    private static void createIfNew(StartContext context, PostgresPrograms programs, Path data)
            throws IOException, InterruptedException {
        Path versionFile = data.resolve("PG_VERSION");
        if (Files.exists(versionFile)) {
            String version = Files.readString(versionFile).strip();
            if (!version.equals(PostgresPrograms.MAJOR_VERSION)) {
                throw new LocalInfrastructureException("The data in " + data + " is of PostgreSQL " + version
                        + ", and this is " + PostgresPrograms.MAJOR_VERSION
                        + ". Move it over with pg_dump of the old version, or start with a new data directory.");
            }
            return;
        }
        // Created elsewhere and moved into place: a run that is killed meanwhile leaves no incomplete data that looks
        // complete.
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        Trees.delete(unfinished);
        context.data().secret(PostgresAccounts.SUPERUSER_SECRET);
        int exit = programs.run(
                context.data().log(Part.POSTGRESQL).toFile(),
                context.data().run(INITDB_PID),
                StartContext.READY_WITHIN,
                List.of(
                        "initdb",
                        "--pgdata=" + unfinished,
                        "--username=" + PostgresAccounts.SUPERUSER,
                        "--pwfile=" + context.data().secretFile(PostgresAccounts.SUPERUSER_SECRET),
                        "--auth-host=scram-sha-256",
                        "--auth-local=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions"));
        if (exit != 0) {
            throw context.failure(Part.POSTGRESQL, "could not create its data (initdb, exit code " + exit + ")");
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The processes of a killed server may take a moment to end; until then a new server cannot start. */
    private static PostgresServer launchWhenFree(StartContext context, PostgresPrograms programs, Path data, int port)
            throws IOException, PortTakenException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return launch(context, programs, data, port);
            } catch (LocalInfrastructureException e) {
                if (attempt == ATTEMPTS
                        || !LogTail.of(context.data().log(Part.POSTGRESQL)).saysHeldByAnother()) {
                    throw e;
                }
                if (attempt == 1) {
                    context.progress().accept("waiting for the last processes of an earlier PostgreSQL to end ...");
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            context.data().newLog(Part.POSTGRESQL);
        }
    }

    private static PostgresServer launch(StartContext context, PostgresPrograms programs, Path data, int port)
            throws IOException, PortTakenException, InterruptedException {
        Path log = context.data().log(Part.POSTGRESQL);
        Duration limit = StartContext.READY_WITHIN.plusSeconds(5);
        PostgresGuard guard = PostgresGuard.start(
                context,
                programs,
                List.of(
                        "pg_ctl",
                        "start",
                        "--pgdata=" + data,
                        "--log=" + log,
                        "--wait",
                        "--timeout=" + StartContext.READY_WITHIN.toSeconds(),
                        "--options=" + settings(port)));
        int exit = -1;
        boolean started = false;
        try {
            exit = guard.awaitStart(limit);
            Optional<ProcessHandle> process = Postmaster.read(data).flatMap(Postmaster::findAlive);
            if (exit == 0 && process.isPresent()) {
                started = true;
                return new PostgresServer(data, port, process.get(), guard);
            }
        } finally {
            if (!started) {
                guard.release(limit);
                stopWhatStarted(data);
            }
        }
        if (LogTail.of(log).saysPortTaken()) {
            throw new PortTakenException(Part.POSTGRESQL, port);
        }
        throw context.failure(Part.POSTGRESQL, "did not start (pg_ctl, exit code " + exit + ")");
    }

    /** On the command line they take precedence over the configuration files in the data directory. */
    private static String settings(int port) {
        return String.join(
                " ",
                "-c listen_addresses=" + Ports.LOOPBACK,
                "-c port=" + port,
                "-c unix_socket_directories=''",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c wal_level=logical",
                "-c max_replication_slots=10",
                "-c max_wal_senders=10",
                "-c max_connections=100",
                // For a steady stream of writes: pages stay in memory, and checkpoints are rare.
                "-c shared_buffers=" + sharedBuffers(memory()) / MIB + "MB",
                "-c wal_buffers=16MB",
                "-c max_wal_size=4GB",
                "-c checkpoint_timeout=15min",
                "-c password_encryption=scram-sha-256",
                "-c timezone=UTC",
                "-c log_timezone=UTC",
                "-c logging_collector=off");
    }

    /**
     * How many bytes of pages PostgreSQL caches: keys come in random order, so the writes of an event are scattered over the indexes,
     * and pages that do not fit are written again and again. The system provides the memory only as it is used.
     *
     * @param memory of the machine, in bytes
     */
    static long sharedBuffers(long memory) {
        return Math.clamp(memory / 16, 256 * MIB, 1024 * MIB);
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static void stopWhatStarted(Path data) throws IOException {
        Optional<ProcessHandle> process = Postmaster.read(data).flatMap(Postmaster::findAlive);
        if (process.isPresent()) {
            stop(data, process.get());
        }
    }

    private static void stop(Path data, ProcessHandle process) throws IOException {
        try {
            // SIGINT is PostgreSQL's fast shutdown: it rolls back open transactions and does not wait for clients.
            PostgresPrograms.signal(process.pid(), "INT");
            if (Processes.awaitEnd(process, Duration.ofSeconds(STOP_SECONDS))) {
                return;
            }
            // SIGQUIT is the immediate shutdown: like a power failure, from which the next start recovers.
            PostgresPrograms.signal(process.pid(), "QUIT");
        } finally {
            if (!Processes.awaitEnd(process, AFTER_KILL)) {
                Processes.end(process, Duration.ZERO, AFTER_KILL);
                Files.deleteIfExists(data.resolve(Postmaster.FILE));
            }
        }
    }

    @Override
    public Part part() {
        return Part.POSTGRESQL;
    }

    @Override
    public ProcessHandle process() {
        return process;
    }

    @Override
    public int port() {
        return port;
    }

    /** It is not a child of this process, so its exit code is unknown here. */
    @Override
    public Optional<String> ending() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        try {
            if (Processes.isAlive(process)) {
                stop(data, process);
            }
            guard.release(AFTER_KILL);
        } catch (IOException e) {
            throw new LocalInfrastructureException("PostgreSQL (process " + process.pid() + ") cannot be stopped", e);
        }
    }
}
