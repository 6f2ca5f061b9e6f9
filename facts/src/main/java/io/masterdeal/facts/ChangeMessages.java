package io.masterdeal.facts;

/** Puts a change into the words in which it is published. */
@FunctionalInterface
public interface ChangeMessages {

    /**
     * The message that goes into the write-ahead log with the change itself.
     *
     * @param change the change
     * @return bytes; the relay has to understand them
     * @throws NotNowException if it cannot be done now, with nothing wrong with the change
     */
    byte[] write(DealChange change);

    /** Something that is needed for it is out of reach: the same change may be written later. */
    final class NotNowException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * @param cause what is out of reach
         */
        public NotNowException(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
