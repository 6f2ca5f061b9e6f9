package io.masterdeal.facts;

/**
 * How much may be read at once to fold deals from their facts. The memory is estimated: most of it is a fixed number of bytes per
 * fact.
 *
 * @param inBatch bytes of the facts that one transaction of the intake reads, of all its deals together; what is more is folded
 *     soon after
 * @param inChunk bytes of the facts of a chunk of deals that wait
 * @param ofDeal bytes of the facts of a single deal; with more it waits apart until there is more memory
 */
record FoldLimits(long inBatch, long inChunk, long ofDeal) {

    private static final long MIB = 1 << 20;

    /** The lanes and the fold worker may all read at once; and a transaction that reads for too long holds up the intake. */
    static FoldLimits ofThisProcess() {
        return ofHeap(Runtime.getRuntime().maxMemory());
    }

    /**
     * The limits for a heap.
     *
     * @param heap bytes
     */
    static FoldLimits ofHeap(long heap) {
        return new FoldLimits(Math.min(heap / 32, 24 * MIB), Math.min(heap / 16, 64 * MIB), heap / 4);
    }
}
