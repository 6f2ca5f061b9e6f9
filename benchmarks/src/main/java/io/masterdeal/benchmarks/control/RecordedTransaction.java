package io.masterdeal.benchmarks.control;

import java.util.List;

/**
 * What one transaction of the service wrote.
 *
 * @param events how many new statements (facts and retractions) it stored
 * @param rows the resulting changes of the tables' rows, one for each row
 * @param messages what it handed to the relay, in its order
 */
record RecordedTransaction(int events, List<RowGroup> rows, List<Message> messages) {

    /**
     * A message for the relay.
     *
     * @param hash of its record's key, so the same for all messages of one deal
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares messages, and nobody changes one.
    record Message(int hash, byte[] content) {}

    /** The share of one of several connections. */
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
