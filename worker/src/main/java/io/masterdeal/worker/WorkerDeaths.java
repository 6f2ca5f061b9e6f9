package io.masterdeal.worker;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told of every thread of a role that was ended by an exception or an error, and logs its name and the cause. Once {@link
 * #endProcess} was called it also ends the process; before that, as in tests, it only logs.
 */
public final class WorkerDeaths {

    /** The exit code of a process that was ended because one of its threads died. */
    public static final int EXIT_CODE = 4;

    private static final Logger log = LoggerFactory.getLogger(WorkerDeaths.class);

    /** Null if there is no listener. */
    private static final AtomicReference<@Nullable BiConsumer<String, Throwable>> LISTENER = new AtomicReference<>();

    private WorkerDeaths() {}

    /**
     * From now on the first death ends this process with {@link #EXIT_CODE}: in order if that takes at most 30 s, otherwise by
     * halting it. An error that ends any other thread does so too, because a library that loses a thread does not report it; an
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
     * From now on a death is only logged: the process is shutting down, and threads that are slow to stop may use resources
     * that are closed already.
     */
    public static void endsInOrder() {
        LISTENER.set(null);
    }

    /**
     * Sets what is done when a thread dies; replaces the previous listener.
     *
     * @param listener called in that thread with the name of the thread or callback and what it threw
     * @return removes the listener when it is closed
     */
    public static Registration onDeath(BiConsumer<String, Throwable> listener) {
        LISTENER.set(listener);
        return () -> LISTENER.compareAndSet(listener, null);
    }

    /** A registered listener. */
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
     * Rethrows errors after which a thread must not continue. For loops that catch errors in order to try again: a stack
     * overflow may be caused by a single event or deal, and they may continue after it; not so after a lack of memory or a
     * class that cannot be loaded.
     *
     * @param thrown what was caught
     * @throws Error if it, or one of its causes, is any error but a {@link StackOverflowError}
     */
    public static void throwIfFatal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error error && !(error instanceof StackOverflowError)) {
                throw error;
            }
        }
    }
}
