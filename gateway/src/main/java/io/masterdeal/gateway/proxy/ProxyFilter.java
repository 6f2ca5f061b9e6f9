package io.masterdeal.gateway.proxy;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.gateway.http.GatewayProblem;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import io.masterdeal.gateway.http.UnreadBodies;
import io.masterdeal.role.http.BodyRefusedException;
import io.masterdeal.role.http.RequestBodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Passes on all requests whose path begins with the name of a system. It uses the path as sent: decoding or normalizing first could
 * lead into a system's paths or out of them.
 */
final class ProxyFilter extends OncePerRequestFilter {
    /** The longest body of a request, in bytes. */
    static final int MAX_BODY = 1024 * 1024;

    private static final Pattern ENCODED_SLASH = Pattern.compile("%2[fF]");

    private static final Logger LOG = LoggerFactory.getLogger(ProxyFilter.class);

    private final Upstreams upstreams;
    private final ApiKeys keys;
    private final UpstreamClient client;
    private final ProxyMetrics metrics;
    private final RequestBodies bodies;

    ProxyFilter(Upstreams upstreams, ApiKeys keys, UpstreamClient client, ProxyMetrics metrics, RequestBodies bodies) {
        this.upstreams = upstreams;
        this.keys = keys;
        this.client = client;
        this.metrics = metrics;
        this.bodies = bodies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> system = upstreams.system(request.getRequestURI());
        if (system.isEmpty()) {
            if (ENCODED_SLASH.matcher(request.getRequestURI()).find()) {
                // Allowed only for the proxy (see ProxyConfiguration).
                GatewayProblem.of(ProblemType.UNREADABLE_REQUEST, "The path may have no encoded slash here.")
                        .answer()
                        .writeTo(response);
                return;
            }
            chain.doFilter(request, response);
            return;
        }
        long start = System.nanoTime();
        GatewayProblem problem = null;
        try {
            problem = problemOf(system.get(), request, response);
            if (problem != null) {
                problem.answer().writeTo(response);
            }
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            metrics.called(system.get(), response.getStatus(), problem == null, took);
        }
    }

    /** Calls the system; returns the problem if there is no answer of it to pass on, otherwise null. */
    private @Nullable GatewayProblem problemOf(String system, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            call(system, request, response);
            return null;
        } catch (RefusedRequestException e) {
            return e.problem();
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            LOG.error("a call of {} failed", system, e);
            response.reset();
            return GatewayProblem.of(ProblemType.FAULT, "It is not known whether the system got the call.");
        }
    }

    private void call(String system, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String caller = caller(request);
        Upstream upstream = upstreams
                .to(system)
                .orElseThrow(() -> new RefusedRequestException(
                        ProblemType.NO_ROUTE,
                        "The gateway has no address of " + system + ". An operator sets masterdeal.gateway.proxy."
                                + system + ".url."));
        ProxyCall call = new ProxyCall(
                upstream, ProxyTarget.of(upstream, request.getRequestURI(), request.getQueryString()), caller, request);
        if (!RequestBodies.has(request)) {
            client.pass(call, new byte[0], response);
            return;
        }
        try (RequestBodies.Body body = bodies.read(request, caller, MAX_BODY)) {
            if (body.bytes().length > MAX_BODY) {
                throw new RefusedRequestException(
                        ProblemType.TOO_LARGE, "A call may have " + MAX_BODY + " bytes. Nothing was passed on.");
            }
            client.pass(call, body.bytes(), response);
        } catch (BodyRefusedException e) {
            throw UnreadBodies.refusal(e, ProblemType.ROUTE_BUSY);
        }
    }

    private String caller(HttpServletRequest request) {
        List<String> given = Collections.list(request.getHeaders("Authorization"));
        return (given.size() == 1 ? keys.principal(given.getFirst()) : Optional.<String>empty())
                .orElseThrow(() -> new RefusedRequestException(
                        ProblemType.UNAUTHENTICATED, "Send an API key in the header Authorization: Bearer KEY."));
    }
}
