package io.masterdeal.queue;

import org.jspecify.annotations.Nullable;

/** A task could not be handed to the queue. It may have arrived nevertheless; sending it again with the same id is safe. */
public final class QueueException extends RuntimeException {

    /**
     * @param message what is wrong
     * @param cause may be null
     */
    public QueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
