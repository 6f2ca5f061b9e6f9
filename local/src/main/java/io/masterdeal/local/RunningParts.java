package io.masterdeal.local;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The parts that run, and the order in which they stop: those that use another before the one they use. */
final class RunningParts {
    private static final List<Part> STOP_ORDER = List.of(Part.REGISTRY, Part.KAFKA, Part.POSTGRESQL);

    private final StartContext context;
    private final Map<Part, RunningPart> parts = new EnumMap<>(Part.class);
    private final Map<Part, Duration> startTimes = new EnumMap<>(Part.class);
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private boolean closed;

    RunningParts(StartContext context) {
        this.context = context;
    }

    /** Keeps a started part, and how long its start took; from now on its end is unexpected, until all are stopped. */
    synchronized void add(RunningPart started, Duration took) {
        parts.put(started.part(), started);
        startTimes.put(started.part(), took);
        var _ = started.process().onExit().thenRun(() -> reportEnd(started));
    }

    synchronized Optional<RunningPart> get(Part part) {
        return Optional.ofNullable(parts.get(part));
    }

    synchronized List<RunningPart> all() {
        return List.copyOf(parts.values());
    }

    synchronized Map<Part, Duration> startTimes() {
        return Map.copyOf(startTimes);
    }

    /** Completes with what to tell the user when a part ends that was not to end; else never. */
    CompletionStage<String> failure() {
        return failure;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Stops every part, also those after one that does not stop; throws the first failure. */
    void stopAll() {
        List<RunningPart> inOrder;
        synchronized (this) {
            closed = true;
            inOrder = STOP_ORDER.stream().flatMap(part -> get(part).stream()).toList();
        }
        @Nullable RuntimeException first = null;
        for (RunningPart part : inOrder) {
            try {
                part.stop();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void reportEnd(RunningPart part) {
        if (isClosed()) {
            return;
        }
        String ended = "(process " + part.process().pid() + ") has ended unexpectedly"
                + part.ending().map(how -> " (" + how + ")").orElse("");
        context.progress().accept(part.part().sentenceTitle() + " " + ended);
        failure.complete(context.failure(
                        part.part(),
                        ended + ". Start again: what was acknowledged is on disk, and it goes on from there. If the log"
                                + " says nothing, the system may have killed it, for want of memory for example (dmesg)")
                .getMessage());
    }
}
