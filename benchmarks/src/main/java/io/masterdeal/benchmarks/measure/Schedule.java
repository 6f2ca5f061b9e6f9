package io.masterdeal.benchmarks.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * When each of many calls is due: at a constant rate, whatever the answers to earlier ones (an open loop). Latencies count from
 * then, so what a slow answer delays is not left out (Tene: "coordinated omission").
 *
 * @param startNanos when the first is due, by {@link System#nanoTime}
 * @param startMillis the same moment by the clock, ms since 1970
 * @param perSecond how many are due each second
 * @param first the index of the first
 * @param count how many there are
 */
public record Schedule(long startNanos, long startMillis, int perSecond, int first, int count) {

    private static final long SOON_MS = 200;

    /** One that begins in a moment. */
    public static Schedule soon(int perSecond, int first, int count) {
        return new Schedule(
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MS),
                System.currentTimeMillis() + SOON_MS,
                perSecond,
                first,
                count);
    }

    /** When one is due, by {@link System#nanoTime}. */
    public long due(int index) {
        return startNanos + dueAfter(index);
    }

    private long dueAfter(int index) {
        return (index - first) * TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Whether it is one of these. */
    public boolean has(int index) {
        return index >= first && index < first + count;
    }

    /** Since one was due, in ns. */
    public long since(int index) {
        return System.nanoTime() - due(index);
    }

    /** From the moment one was due to one by the clock, in ns, exact to a ms. */
    public long until(int index, long clockMillis) {
        return TimeUnit.MILLISECONDS.toNanos(clockMillis - startMillis) - dueAfter(index);
    }

    /** Calls for one after the other when it is due, or at once if that is past already. */
    public void run(IntConsumer send) throws InterruptedException {
        for (int i = first; i < first + count; i++) {
            awaitDue(due(i));
            send.accept(i);
        }
    }

    /**
     * Waits for a moment; returns at once if it is past.
     *
     * @param due by {@link System#nanoTime}
     */
    public static void awaitDue(long due) throws InterruptedException {
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
            LockSupport.parkNanos(due - now);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting until something is due");
            }
        }
    }
}
