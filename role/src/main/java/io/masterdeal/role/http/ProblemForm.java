package io.masterdeal.role.http;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Gives the problems that Spring writes, its own and those of controllers, the form of {@link ProblemDocument}: a type, which follows
 * from the status, and errors.
 */
@ControllerAdvice
final class ProblemForm implements ResponseBodyAdvice<Object> {
    private static final URI BLANK = URI.create("about:blank");

    private static final String ERRORS = "errors";

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof ProblemDetail problem) {
            URI known = problem.getType();
            if (known == null || known.equals(BLANK)) {
                problem.setType(ProblemDocument.type(code(problem.getStatus())));
            }
            if (problem.getProperties() == null || !problem.getProperties().containsKey(ERRORS)) {
                problem.setProperty(ERRORS, List.of());
            }
        }
        return body;
    }

    private static String code(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return switch (known) {
            case UNAUTHORIZED -> ProblemDocument.UNAUTHENTICATED;
            case FORBIDDEN -> "forbidden";
            case NOT_FOUND -> "not-found";
            case CONFLICT, PRECONDITION_FAILED -> "conflict";
            case UNPROCESSABLE_CONTENT -> "invalid-content";
            case SERVICE_UNAVAILABLE -> "unavailable";
            case GATEWAY_TIMEOUT -> "too-slow";
            case null, default -> status >= 500 ? "fault" : "unreadable-request";
        };
    }
}
