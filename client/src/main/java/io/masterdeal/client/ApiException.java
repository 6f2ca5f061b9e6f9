package io.masterdeal.client;

import io.masterdeal.contracts.apikey.ApiKeyException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A platform refused a request, failed, or did not answer. The message says what was asked and why it failed, never the key. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StatusRule rule;

    private final @Nullable ApiProblem problem;

    private final @Nullable Duration retryAfter;

    /**
     * A failure for which a repeat does not help.
     *
     * @param message what was asked and why it failed
     */
    public ApiException(String message) {
        super(message);
        this.rule = StatusRule.CONTENT_REFUSED;
        this.problem = null;
        this.retryAfter = null;
    }

    /**
     * A failure without an answer. It is transient if the cause is an {@link IOException}.
     *
     * @param message what was asked
     * @param cause why there was no answer
     */
    public ApiException(String message, Throwable cause) {
        super(message, cause);
        this.rule = cause instanceof IOException
                ? StatusRule.REPEAT
                : cause instanceof ApiKeyException ? StatusRule.CALLER_REFUSED : StatusRule.CONTENT_REFUSED;
        this.problem = null;
        this.retryAfter = null;
    }

    ApiException(String message, StatusRule rule, ApiProblem problem, @Nullable Duration retryAfter) {
        super(message);
        this.rule = rule;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Whether the same request may succeed a little later: nobody answered, or the platform is busy or has a fault of its own. */
    public boolean isTransient() {
        return rule == StatusRule.REPEAT;
    }

    /** Whether the caller was not admitted or asked at a wrong address, so that nothing is said about the content. */
    public boolean isCallerRefused() {
        return rule == StatusRule.CALLER_REFUSED;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return problem == null ? 0 : problem.status();
    }

    /** What the platform says about it; null if there was no answer. */
    public @Nullable ApiProblem problem() {
        return problem;
    }

    /** How long the platform asks to wait; null if it does not. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
