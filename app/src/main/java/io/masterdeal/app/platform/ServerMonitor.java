package io.masterdeal.app.platform;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread that uses the servers as soon as one of them dies. */
final class ServerMonitor {

    /** How long to wait, after a failure of the task, for the end of a server that explains it. */
    private static final long EXPLAINED_WITHIN_SECONDS = 2;

    private final Thread user = Thread.currentThread();

    private final CompletableFuture<String> deaths;

    private @Nullable String failure;

    private boolean over;

    /**
     * @param failure completes when a server dies, with a message for the user
     */
    ServerMonitor(CompletionStage<String> failure) {
        this.deaths = failure.toCompletableFuture();
        var _ = failure.thenAccept(this::died);
    }

    <T extends @Nullable Object> T over(PlatformTask<T> task) throws IOException, InterruptedException {
        try {
            throwIfDied(null);
            return task.run();
        } catch (InterruptedException e) {
            throwIfDied(e);
            throw e;
        } catch (RuntimeException e) {
            // Without its servers a task may fail in any way, before their end is noticed; their end is the message
            // that helps.
            awaitExplanation();
            throwIfDied(e);
            throw e;
        } finally {
            end();
        }
    }

    private void awaitExplanation() {
        try {
            deaths.get(EXPLAINED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return; // No server has died: the failure is the task's own.
        } catch (ExecutionException e) {
            throw new IllegalStateException("the servers cannot be monitored", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // By died(), or because the process ends.
        }
    }

    private synchronized void died(String what) {
        failure = what;
        if (!over) {
            user.interrupt();
        }
    }

    private synchronized void throwIfDied(@Nullable Exception consequence) {
        if (failure != null) {
            throw new PlatformException(failure, consequence);
        }
    }

    /** From now on the thread is not interrupted, and a pending interrupt is cleared, so that closing is not disturbed. */
    private synchronized void end() {
        over = true;
        if (failure != null) {
            Thread.interrupted();
        }
    }
}
