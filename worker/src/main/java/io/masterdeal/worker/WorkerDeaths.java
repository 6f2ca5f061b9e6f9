package io.masterdeal.worker;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every thread of a role that was ended by what it threw, logs it with its name and the cause, and does what is to be
 * done then: end the process, once {@link #endProcess} was called; nothing more before, as in tests.
 */
public final class WorkerDeaths {

    /** The exit code of a process that was ended because one of its threads died. */
    public static final int EXIT_CODE = 4;

    private static final Logger log = LoggerFactory.getLogger(WorkerDeaths.class);

    /** Null if nobody listens. */
    private static final AtomicReference<@Nullable BiConsumer<String, Throwable>> LISTENER = new AtomicReference<>();

    private WorkerDeaths() {}

    /**
     * From now on the first death ends this process with {@link #EXIT_CODE}: in order if it can within half a minute, else at
     * once. An error that ends any other thread does so too, since a library that loses a thread does not tell either; an
     * exception that ends one is only logged.
     */
    public static void endProcess() {
        ProcessEnd end = new ProcessEnd();
        onDeath((name, cause) -> end.begin());
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            if (cause instanceof Error) {
                report(thread, cause);
            } else {
                log.error("thread {} ended by an exception", thread.getName(), cause);
            }
        });
    }

    /**
     * From now on a death is only logged: what this process works with is being closed, and threads that are slow to stop may
     * meet what is closed already.
     */
    public static void endsInOrder() {
        LISTENER.set(null);
    }

    /**
     * Says what is to be done at a death, instead of what was.
     *
     * @param listener told the name of the thread or callback and what it threw, in that thread
     * @return forgets the listener when it is closed
     */
    public static Registration onDeath(BiConsumer<String, Throwable> listener) {
        LISTENER.set(listener);
        return () -> LISTENER.compareAndSet(listener, null);
    }

    /** A listener that is told. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        @Override
        void close();
    }

    static void report(Thread thread, Throwable cause) {
        report(thread.getName(), cause);
    }

    static void report(String name, Throwable cause) {
        try {
            log.error("worker thread {} died: {}", name, cause.toString(), cause);
        } finally {
            BiConsumer<String, Throwable> listener = LISTENER.get();
            if (listener != null) {
                listener.accept(name, cause);
            }
        }
    }

    /**
     * Throws what must not be survived. For loops that catch errors in order to try again: what one event or one deal may cause,
     * a stack that is too deep, is for them; a lack of memory or a class that cannot be loaded is not.
     *
     * @param thrown what was caught
     * @throws Error if it, or what caused it, is any error but a {@link StackOverflowError}
     */
    public static void throwIfFatal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error error && !(error instanceof StackOverflowError)) {
                throw error;
            }
        }
    }
}
