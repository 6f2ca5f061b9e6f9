package io.masterdeal.role.http;

import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.http.BodyRefusedException.Fault;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of every request before anything else does, as far as {@link BodyLimits} let it, and hands it on as it is. What is
 * longer, too slow, no UTF-8 or nested too deep never reaches a controller. Comes after the filters that ask for keys.
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
        ObjectNode problem;
        try (RequestBodies.Body body = read(request, limit)) {
            problem = body.bytes().length > limit ? tooLarge(limit) : fault(body.bytes());
            if (problem == null) {
                chain.doFilter(new ReadRequest(request, body.bytes()), response);
                return;
            }
        } catch (BodyRefusedException e) {
            problem = e.fault() == Fault.TOO_LARGE
                    ? tooLarge(limit)
                    : ProblemAnswer.document(
                            e.fault().status(), e.fault().code(), e.fault().title(), e.detail());
        }
        ProblemAnswer.write(response, problem);
    }

    private RequestBodies.Body read(HttpServletRequest request, int limit) {
        if (request.getContentLengthLong() > limit) {
            throw new BodyRefusedException(Fault.TOO_LARGE, "");
        }
        return bodies.read(request, caller(request), limit);
    }

    /** Who has no key is known by the address. */
    private static String caller(HttpServletRequest request) {
        Object caller = request.getAttribute(AccessFilter.CALLER);
        return caller == null ? "from " + request.getRemoteAddr() : caller.toString();
    }

    private static ObjectNode tooLarge(int limit) {
        Fault fault = Fault.TOO_LARGE;
        return ProblemAnswer.document(
                        fault.status(),
                        fault.code(),
                        fault.title(),
                        "A body may have " + limit + " bytes here; nothing was done.")
                .put("limit", limit);
    }

    private static @Nullable ObjectNode fault(byte[] body) {
        String fault = BodyText.fault(body);
        return fault == null
                ? null
                : ProblemAnswer.document(400, "not-json", "The body is no JSON", fault + " Nothing was done.");
    }
}
