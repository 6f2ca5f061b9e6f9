package io.masterdeal.queue.broker;

import org.jspecify.annotations.Nullable;

/** A broker cannot be used: it does not answer, or is not set up for task queues. The message says what to do. */
public final class BrokerException extends RuntimeException {

    /**
     * @param message what is wrong and what to do
     * @param cause may be null
     */
    public BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
