package io.masterdeal.facts;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Settles deals in chunks, each of them one transaction. After a failure fewer are tried at once, until the deal that fails is found:
 * that one is set apart.
 */
final class Chunks {

    private final AtomicInteger size = new AtomicInteger(Integer.MAX_VALUE);

    private final BiConsumer<UUID, Throwable> setApart;

    /**
     * @param setApart makes a deal wait apart, with the reason
     */
    Chunks(BiConsumer<UUID, Throwable> setApart) {
        this.setApart = setApart;
    }

    /** Settles one chunk. */
    @FunctionalInterface
    interface Step {
        /**
         * Does it.
         *
         * @param atMost how many deals
         * @param taken gets the ids of those that were tried
         * @return how many there were
         */
        int settle(int atMost, Set<UUID> taken);
    }

    /**
     * Settles the next chunk.
     *
     * @param atMost how many deals at once
     * @return how many there were; 0 if there are none
     * @throws StoreException if PostgreSQL is out of reach, or a smaller chunk has to be tried
     */
    int next(int atMost, Step step) {
        Set<UUID> taken = new HashSet<>();
        try {
            int settled = step.settle(Math.min(atMost, size.get()), taken);
            size.updateAndGet(before -> before > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * before);
            return settled;
        } catch (StoreException | OutOfMemoryError | StackOverflowError e) {
            if (e instanceof StoreException refused && !refused.isOfTheData()) {
                throw e;
            }
            if (taken.size() != 1) {
                size.set(Math.max(1, taken.size() / 2));
                throw e;
            }
            setApart.accept(taken.iterator().next(), e);
            return 1;
        }
    }
}
