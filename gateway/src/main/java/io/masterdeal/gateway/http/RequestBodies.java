package io.masterdeal.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Reads request bodies, each only as far as it may go, and all together only as much as there is memory for. */
public final class RequestBodies {
    private static final int KIB = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Fair, or large bodies would wait for ever behind small ones. */
    private final Semaphore budget;

    private final ProblemType busy;

    /**
     * @param budget what all bodies in work may have together, in KiB; what is made of them may take several times as much
     * @param busy what a caller is told for whom nothing of it is left
     */
    public RequestBodies(int budget, ProblemType busy) {
        this.budget = new Semaphore(budget, true);
        this.busy = busy;
    }

    /**
     * Reads the body and works on it.
     *
     * @param work gets the body, or its first {@code maxBytes + 1} bytes if it is longer
     * @throws RefusedException if the client breaks off, or there is too much to do
     */
    public <T> T with(HttpServletRequest request, int maxBytes, Function<byte[], T> work) {
        long announced = request.getContentLengthLong();
        int permits = (announced < 0 || announced > maxBytes ? maxBytes : (int) announced) / KIB + 1;
        acquire(permits);
        try {
            return work.apply(read(request, maxBytes + 1));
        } finally {
            budget.release(permits);
        }
    }

    private void acquire(int permits) {
        try {
            if (budget.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(
                busy, "There is more to do than can be done; nothing was taken. Send it again later.");
    }

    private static byte[] read(HttpServletRequest request, int bytes) {
        try {
            return request.getInputStream().readNBytes(bytes);
        } catch (IOException e) {
            throw new RefusedException(
                    ProblemType.UNREADABLE_REQUEST, "The body could not be read to its end; nothing was taken.");
        }
    }
}
