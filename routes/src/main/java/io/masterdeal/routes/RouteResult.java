package io.masterdeal.routes;

/**
 * The result of passing an event to a route.
 *
 * @param verdict the kind of result
 * @param text what went wrong; empty if nothing did
 */
public record RouteResult(Verdict verdict, String text) {

    /** The kind of result. */
    public enum Verdict {
        /** The route completed. */
        TAKEN,
        /** The event that the route made of it breaks the contracts; a repeat would not help. */
        REFUSED,
        /** The route failed. */
        FAILED,
        /** The route does not exist, does not end in time, or cannot reach another system: this event is not the cause. */
        AWAY
    }
}
