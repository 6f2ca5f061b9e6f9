package io.masterdeal.gateway.http;

import io.masterdeal.role.http.BodyRefusedException;

/** Turns unread bodies into refusals. */
public final class UnreadBodies {
    private UnreadBodies() {}

    /**
     * The refusal of a request whose body was not read.
     *
     * @param busy the problem if the gateway was full
     */
    public static RefusedRequestException refusal(BodyRefusedException e, ProblemType busy) {
        ProblemType type = switch (e.fault()) {
            case BROKEN -> ProblemType.UNREADABLE_REQUEST;
            case SLOW -> ProblemType.TOO_SLOW;
            case TOO_LARGE -> ProblemType.TOO_LARGE;
            case CROWDED -> busy;
        };
        return new RefusedRequestException(type, e.detail());
    }
}
