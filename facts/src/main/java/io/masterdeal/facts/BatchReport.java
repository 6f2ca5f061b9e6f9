package io.masterdeal.facts;

/**
 * The result of a batch.
 *
 * @param added facts and retractions that were new
 * @param duplicates statements that were stored already, or came twice in the batch
 * @param conflicts event ids that came with content other than before
 * @param published revisions of deals that were published
 */
public record BatchReport(int added, int duplicates, int conflicts, int published) {

    static final BatchReport EMPTY = new BatchReport(0, 0, 0, 0);
}
