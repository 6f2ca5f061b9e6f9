package io.masterdeal.app.platform;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread that uses the servers as soon as one of them has died. */
final class Watch {

    private final Thread user = Thread.currentThread();

    private @Nullable String failure;

    private boolean over;

    /**
     * @param failure completes when a server dies, with what to tell the user
     */
    Watch(CompletionStage<String> failure) {
        var _ = failure.thenAccept(this::died);
    }

    <T extends @Nullable Object> T over(Task<T> task) throws IOException, InterruptedException {
        try {
            throwIfDied(null);
            return task.run();
        } catch (InterruptedException | RuntimeException e) {
            // Without its servers a task may fail in any way; the cause is what is worth telling.
            throwIfDied(e);
            throw e;
        } finally {
            end();
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
