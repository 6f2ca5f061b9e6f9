package io.masterdeal.service.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the log says at intervals while many deals wait to be folded, as after a change of the rule set or the SLA policies. */
final class FoldProgress {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final LongSupplier pending;

    private final LongSupplier nanoTime;

    /** Whether chunks have followed each other since {@link #begun}. */
    private boolean isFolding;

    private long begun;

    private long folded;

    private long lastLook;

    private long foldedAtLastLook;

    private boolean told;

    /**
     * @param pending how many deals wait; asked at intervals only, since they have to be counted
     * @param nanoTime the time, as {@link System#nanoTime}
     */
    FoldProgress(LongSupplier pending, LongSupplier nanoTime) {
        this.pending = pending;
        this.nanoTime = nanoTime;
    }

    /** To be called before each chunk. */
    void beforeChunk() {
        if (!isFolding) {
            isFolding = true;
            begun = nanoTime.getAsLong();
            folded = 0;
            lastLook = begun;
            foldedAtLastLook = 0;
            told = false;
        }
    }

    /**
     * To be called after each chunk.
     *
     * @param deals how many it had; 0 if none waits that nobody else has at hand
     * @return what to log; empty if nothing
     */
    Optional<String> afterChunk(int deals) {
        long now = nanoTime.getAsLong();
        folded += deals;
        if (deals == 0) {
            isFolding = false;
            return told
                    ? Optional.of("this process evaluated " + folded + " waiting deals in "
                            + Duration.ofNanos(now - begun).toSeconds() + " s, and finds no more")
                    : Optional.empty();
        }
        if (now - lastLook < EVERY.toNanos()) {
            return Optional.empty();
        }
        long perSecond = TimeUnit.SECONDS.toNanos(folded - foldedAtLastLook) / (now - lastLook);
        lastLook = now;
        foldedAtLastLook = folded;
        long waiting = pending.getAsLong();
        if (waiting <= perSecond) {
            return Optional.empty(); // Some always wait while events come in.
        }
        told = true;
        return Optional.of(waiting + " deals wait to be evaluated anew; this process does " + perSecond + " a second");
    }
}
