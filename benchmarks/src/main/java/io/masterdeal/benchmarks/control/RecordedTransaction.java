package io.masterdeal.benchmarks.control;

import java.util.List;

/**
 * What one transaction of the service wrote.
 *
 * @param events how many statements (facts and retractions) became known by it
 * @param rows what became of the tables' rows, each changed once
 * @param messages what it handed to the relay, in its order
 */
record RecordedTransaction(int events, List<RowGroup> rows, List<Message> messages) {

    /**
     * A message for the relay.
     *
     * @param hash of the key of its record, so the same for all of one deal
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares messages, and nobody changes one.
    record Message(int hash, byte[] content) {}

    /** What falls to one of several connections. */
    RecordedTransaction share(int number, int of) {
        if (of == 1) {
            return this;
        }
        return new RecordedTransaction(
                0,
                rows.stream()
                        .map(group -> group.share(number, of))
                        .filter(group -> group.size() > 0)
                        .toList(),
                messages.stream()
                        .filter(message -> Math.floorMod(message.hash(), of) == number)
                        .toList());
    }
}
