package io.masterdeal.service.store;

/** Puts a change into the words in which it is published. */
@FunctionalInterface
public interface ChangeMessages {

    /**
     * The message that goes into the write-ahead log with the change itself.
     *
     * @param change the change
     * @return text; the relay has to understand it
     */
    String write(DealChange change);
}
