package io.masterdeal.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts Kafka and PostgreSQL at the same time, and the registry as soon as PostgreSQL is there. */
final class StartOrder {
    /** How often another process may take a free port first before we give up. */
    private static final int ATTEMPTS = 5;

    private final StartContext context;
    private final LocalOptions options;
    private final RunningParts running;

    StartOrder(StartContext context, LocalOptions options, RunningParts running) {
        this.context = context;
        this.options = options;
        this.running = running;
    }

    /** Returns when all answer. After a failure the running parts are those that the caller has to stop. */
    void startAll() throws IOException {
        checkFixedPorts();
        List<Callable<Void>> branches = new ArrayList<>();
        if (options.parts().contains(Part.KAFKA)) {
            branches.add(this::startKafka);
        }
        if (options.parts().contains(Part.POSTGRESQL)) {
            branches.add(this::startPostgresAndWhatUsesIt);
        }
        // Closing the executor waits for the branches, so after a failure nothing more is started.
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                awaitAll(executor, branches);
            } finally {
                executor.shutdownNow();
            }
        }
    }

    private static void awaitAll(ExecutorService executor, List<Callable<Void>> branches) throws IOException {
        CompletionService<Void> completion = new ExecutorCompletionService<>(executor);
        branches.forEach(completion::submit);
        try {
            for (int i = 0; i < branches.size(); i++) {
                completion.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalInfrastructureException("The start was interrupted.", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LocalInfrastructureException failure) {
                throw failure;
            }
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a part could not be started", cause);
        }
    }

    private Void startKafka() throws IOException, InterruptedException {
        context.starting(Part.KAFKA);
        startOnPort(Part.KAFKA, port -> KafkaServer.start(context, port));
        return null;
    }

    private Void startPostgresAndWhatUsesIt() throws IOException, InterruptedException {
        context.starting(Part.POSTGRESQL);
        PostgresPrograms programs = PostgresPrograms.find(context);
        int postgresPort = startOnPort(
                Part.POSTGRESQL, port -> PostgresServer.start(context, programs, port, options.databaseRoles()));
        if (options.parts().contains(Part.REGISTRY)) {
            context.starting(Part.REGISTRY);
            startOnPort(Part.REGISTRY, port -> RegistryServer.start(context, port, postgresPort));
        }
        return null;
    }

    /** Done before anything is started, so that a port in use is reported at once. */
    private void checkFixedPorts() {
        for (Part part : options.parts()) {
            int port = options.port(part);
            if (port != 0 && !Ports.isFree(port)) {
                throw Ports.inUse(part, port);
            }
        }
    }

    private int startOnPort(Part part, Starter starter) throws IOException, InterruptedException {
        int fixed = options.port(part);
        for (int attempt = 1; ; attempt++) {
            int port = fixed == 0 ? Ports.free() : fixed;
            try {
                long begun = System.nanoTime();
                RunningPart started = starter.start(port);
                running.add(started, Duration.ofNanos(System.nanoTime() - begun));
                return port;
            } catch (PortTakenException e) {
                if (fixed != 0 || attempt == ATTEMPTS) {
                    throw Ports.inUse(part, port);
                }
                context.progress().accept("port " + port + " was taken by another process, trying another ...");
            }
        }
    }

    private interface Starter {
        RunningPart start(int port) throws IOException, PortTakenException, InterruptedException;
    }
}
