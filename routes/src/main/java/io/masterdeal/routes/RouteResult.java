package io.masterdeal.routes;

/**
 * What came of an event that was given to a route.
 *
 * @param verdict what follows from it
 * @param text what went wrong; empty if nothing did
 */
public record RouteResult(Verdict verdict, String text) {

    /** What follows from it. */
    public enum Verdict {
        /** The route did all it does. */
        TAKEN,
        /** What the route made of it breaks the contracts, and will so the next time. */
        REFUSED,
        /** The route failed with it. */
        FAILED,
        /** The route is not there, does not end in time, or does not reach somebody: it is no matter of this event. */
        AWAY
    }
}
