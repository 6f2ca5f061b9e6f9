package io.masterdeal.gateway.http;

/** The kinds of problems (RFC 9457), with the {@code type}, {@code title} and {@code status} of their answers. */
public enum ProblemType {
    UNREADABLE_REQUEST("unreadable-request", 400, "The request cannot be read"),
    NOT_JSON("not-json", 400, "The body is no JSON"),
    NOT_CLOUDEVENTS("not-cloudevents", 400, "This is no event of CloudEvents 1.0"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid API key is needed"),
    FORBIDDEN("forbidden", 403, "This key may not do that"),
    NO_ROUTE("no-route", 404, "There is no route"),
    TOO_SLOW("too-slow", 408, "The body came too slowly"),
    TOO_LARGE("too-large", 413, "The content is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The content type is not supported"),
    INVALID_EVENT("invalid-event", 422, "The event breaks the contracts"),
    FAULT("fault", 500, "The gateway could not handle the request"),
    UPSTREAM_AWAY("upstream-away", 502, "The system behind the route cannot be reached"),
    UNAVAILABLE("unavailable", 503, "Events cannot be taken at the moment"),
    ROUTE_BUSY("route-busy", 503, "The route has too much to do at the moment"),
    UPSTREAM_TIMEOUT("upstream-timeout", 504, "The system behind the route does not answer in time");

    private final String code;
    private final int status;
    private final String title;

    ProblemType(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** A short name, for metrics and error events too. */
    public String code() {
        return code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** A URI that identifies the problem. */
    public String uri() {
        return "urn:masterdeal:problem:" + code;
    }

    /** Whether the same request may succeed later. */
    public boolean mayPass() {
        return this == UNAVAILABLE;
    }
}
