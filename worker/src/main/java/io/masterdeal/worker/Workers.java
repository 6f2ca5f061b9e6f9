package io.masterdeal.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates the threads of a role. If one of them ends unexpectedly the role no longer works, and nothing else would show it: its
 * HTTP still answers and its health stays up. So an exception or an error that ends such a thread is reported to {@link
 * WorkerDeaths}, which in production ends the process, and its supervisor starts it again.
 *
 * <p>A thread whose work returns was told to stop; that is not a death. Work that may fail and be tried again catches its
 * exceptions itself, and passes errors to {@link WorkerDeaths#throwIfFatal}.
 */
public final class Workers {

    private Workers() {}

    /**
     * A platform thread that keeps the process alive.
     *
     * @param name of the thread; also in the log if it dies
     * @param work must return when it is told to stop
     * @return not started yet
     */
    public static Thread platform(String name, Runnable work) {
        return Thread.ofPlatform()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .unstarted(work);
    }

    /** Like {@link #platform}, but does not keep the process alive. */
    public static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .unstarted(work);
    }

    /** Like {@link #platform}, but a virtual thread. */
    public static Thread virtual(String name, Runnable work) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .unstarted(work);
    }

    /**
     * A fixed number of platform threads. What a task throws is a death if it was given to {@link ExecutorService#execute}; if
     * it was given to {@code submit} it is in the future, and the caller must check that.
     *
     * @param prefix of the names of the threads, which end in numbers from 1 on
     * @param threads how many, at least 1
     */
    public static ExecutorService pool(String prefix, int threads) {
        return Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform()
                        .name(prefix, 1)
                        .uncaughtExceptionHandler(WorkerDeaths::report)
                        .factory());
    }

    /**
     * A virtual thread for each task; deaths as in {@link #pool}.
     *
     * @param prefix of the names of the threads, which end in numbers from 1 on
     */
    public static ExecutorService perTask(String prefix) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name(prefix, 1)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .factory());
    }

    /**
     * One daemon thread for scheduled tasks. A task that throws is a death: the JDK would silently stop repeating it.
     *
     * @param name of the thread
     */
    public static ScheduledExecutorService scheduled(String name) {
        return new Scheduled(Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .factory());
    }

    /**
     * Runs a callback that a library calls on its own thread, as Kafka's producer does. What it throws is a death: such a
     * thread at best logs it, or ends, and the library stops working.
     *
     * @param name of the callback, for the log
     * @throws RuntimeException what the callback throws; likewise an error
     */
    public static void calledBack(String name, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            WorkerDeaths.report(name + " on " + Thread.currentThread().getName(), e);
            throw e;
        }
    }

    private static final class Scheduled extends ScheduledThreadPoolExecutor {

        Scheduled(ThreadFactory threads) {
            super(1, threads);
            // Cancelled tasks, such as time limits that were not reached, are removed immediately.
            setRemoveOnCancelPolicy(true);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            super.afterExecute(task, thrown);
            if (thrown == null
                    && task instanceof Future<?> future
                    && future.isDone()
                    && future.state() == Future.State.FAILED) {
                WorkerDeaths.report(Thread.currentThread(), future.exceptionNow());
            }
        }
    }
}
