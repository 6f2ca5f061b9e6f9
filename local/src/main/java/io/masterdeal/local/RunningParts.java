package io.masterdeal.local;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts that run, and the order in which they stop: those that use another before the one they use. */
final class RunningParts {
    private static final List<Part> STOP_ORDER = List.of(Part.REGISTRY, Part.KAFKA, Part.POSTGRESQL);

    private final StartContext context;
    private final Map<Part, RunningPart> parts = new EnumMap<>(Part.class);
    private boolean closed;

    RunningParts(StartContext context) {
        this.context = context;
    }

    /** Keeps a started part; from now on its end is unexpected, until all are stopped. */
    synchronized void add(RunningPart started) {
        parts.put(started.part(), started);
        var _ = started.process().onExit().thenRun(() -> reportEnd(started));
    }

    synchronized Optional<RunningPart> get(Part part) {
        return Optional.ofNullable(parts.get(part));
    }

    synchronized List<RunningPart> all() {
        return List.copyOf(parts.values());
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
        if (!isClosed()) {
            context.progress()
                    .accept(part.part().sentenceTitle() + " (process "
                            + part.process().pid() + ") has ended unexpectedly; its log is "
                            + context.data().log(part.part()));
        }
    }
}
