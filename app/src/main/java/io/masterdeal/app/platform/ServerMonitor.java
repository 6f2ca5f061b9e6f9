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

    /** So long after a failure of the task the end of a server may become known that explains it. */
    private static final long NEWS_WITHIN_SECONDS = 2;

    private final Thread user = Thread.currentThread();

    private final CompletableFuture<String> news;

    private @Nullable String failure;

    private boolean over;

    /**
     * @param failure completes when a server dies, with what to tell the user
     */
    ServerMonitor(CompletionStage<String> failure) {
        this.news = failure.toCompletableFuture();
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
            // Without its servers a task may fail in any way, and sooner than their end is noticed; that is what is
            // worth telling.
            awaitNews();
            throwIfDied(e);
            throw e;
        } finally {
            end();
        }
    }

    private void awaitNews() {
        try {
            news.get(NEWS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return; // No server has died: the failure is the task's own.
        } catch (ExecutionException e) {
            throw new IllegalStateException("the servers cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // By the news, or because the process ends.
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

    /** From now on nobody is interrupted, and an interrupt that came is taken back: what follows is to be closed in peace. */
    private synchronized void end() {
        over = true;
        if (failure != null) {
            Thread.interrupted();
        }
    }
}
