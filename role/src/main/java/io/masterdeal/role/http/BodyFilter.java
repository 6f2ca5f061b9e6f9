package io.masterdeal.role.http;

import io.masterdeal.role.http.BodyRefusedException.Fault;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body of every request before anything else does, within {@link BodyLimits}, and passes it on unchanged. A body that is
 * too long, too slow, not UTF-8 or nested too deeply never reaches a controller. The fields of a form are parameters of the request. Runs after the filters that check keys.
 */
final class BodyFilter extends OncePerRequestFilter {
    private final BodyLimits limits;
    private final RequestBodies bodies;

    BodyFilter(BodyLimits limits, RequestBodies bodies) {
        this.limits = limits;
        this.bodies = bodies;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return limits.isReadElsewhere(request.getServletPath()) || !RequestBodies.has(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int limit = limits.of(request.getServletPath());
        JsonAnswer refusal;
        try (RequestBodies.Body body = read(request, limit)) {
            refusal = body.bytes().length > limit ? tooLarge(limit) : fault(body.bytes());
            if (refusal == null) {
                chain.doFilter(new ReadRequest(request, body.bytes(), fields(request, body.bytes())), response);
                return;
            }
        } catch (BodyRefusedException e) {
            refusal = e.fault() == Fault.TOO_LARGE
                    ? tooLarge(limit)
                    : JsonAnswer.of(e.fault().problem(e.detail()));
        }
        refusal.writeTo(response);
    }

    private static Map<String, List<String>> fields(HttpServletRequest request, byte[] body) {
        if (!FormFields.isForm(request.getContentType())) {
            return Map.of();
        }
        try {
            return FormFields.read(body);
        } catch (IllegalArgumentException e) {
            throw new BodyRefusedException(Fault.BROKEN, "The form cannot be read: " + e.getMessage() + ".");
        }
    }

    private RequestBodies.Body read(HttpServletRequest request, int limit) {
        if (request.getContentLengthLong() > limit) {
            throw new BodyRefusedException(Fault.TOO_LARGE, "");
        }
        return bodies.read(request, caller(request), limit);
    }

    /** A caller without a key is identified by the address. */
    private static String caller(HttpServletRequest request) {
        Object caller = request.getAttribute(RequestBodies.CALLER);
        return caller == null ? "from " + request.getRemoteAddr() : caller.toString();
    }

    private static JsonAnswer tooLarge(int limit) {
        JsonAnswer answer =
                JsonAnswer.of(Fault.TOO_LARGE.problem("A body may have " + limit + " bytes here; nothing was done."));
        answer.body().put("limit", limit);
        return answer;
    }

    private static @Nullable JsonAnswer fault(byte[] body) {
        String fault = BodyText.fault(body);
        return fault == null
                ? null
                : JsonAnswer.of(
                        new ProblemDocument("not-json", 400, "The body is no JSON", fault + " Nothing was done."));
    }
}
