package io.masterdeal.routes.events;

/** The route or the engine stops while something could not be published yet: it has to come again. */
public final class EventSinkClosedException extends RuntimeException {

    /**
     * @param message what was waited for
     */
    public EventSinkClosedException(String message) {
        super(message);
    }
}
