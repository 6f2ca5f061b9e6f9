package io.masterdeal.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads that a role works with. A role without one of its threads is not whole, and nothing else would tell: its
 * HTTP still answers and its health stays up. So an exception or an error that ends such a thread is reported to
 * {@link WorkerDeaths}, which ends the process where it runs for real, and whoever supervises the process starts it again.
 *
 * <p>A thread whose work returns was told to stop; that is no death. Work that may fail and be tried again catches its
 * exceptions itself, and hands errors to {@link WorkerDeaths#throwIfFatal}.
 */
public final class Workers {

    private Workers() {}

    /**
     * A platform thread that keeps the process alive.
     *
     * @param name of the thread; names it in the log if it dies
     * @param work returns when it was told to stop
     * @return not started yet
     */
    public static Thread platform(String name, Runnable work) {
        return Thread.ofPlatform()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .unstarted(work);
    }

    /** The same, for a thread that does not keep the process alive. */
    public static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .unstarted(work);
    }

    /** The same as a virtual thread. */
    public static Thread virtual(String name, Runnable work) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler(WorkerDeaths::report)
                .unstarted(work);
    }

    /**
     * So many platform threads. What a task throws that was given to {@link ExecutorService#execute} is a death; what one throws
     * that was given to {@code submit} is in its future, where the caller has to look.
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
     * One daemon thread for tasks at certain times. A task that throws is a death: the JDK would end its repetition without a
     * word.
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
     * Runs what a library calls back on a thread of its own, as Kafka's producer does. What it throws is a death: such a thread
     * logs it at best, or ends, and the library does nothing more.
     *
     * @param name of the callback; names it in the log
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
            // What is cancelled, such as a time limit that was not needed, goes at once.
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
