package io.masterdeal.gateway.events;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.gateway.http.Answer;
import io.masterdeal.gateway.http.Problem;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.http.HttpServerConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for the key of the operator or the reader wherever nothing else is said: for metrics, and for whatever may be added
 * and forgotten here. {@code /events} asks for keys itself; health and the description of the API are for all.
 */
@Order(HttpServerConfiguration.AFTER_KEYS - 10)
final class KeyFilter extends OncePerRequestFilter {
    private static final Set<String> OPEN = Set.of("/events", "/openapi.yaml", "/actuator/health");
    private static final String HEALTH = "/actuator/health/";
    private static final Set<String> ADMITTED = Set.of(Caller.OPERATOR, Caller.READER);

    private final ApiKeys keys;

    KeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return OPEN.contains(path) || path.startsWith(HEALTH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> caller = keys.principal(request.getHeader("Authorization"));
        if (caller.isPresent() && ADMITTED.contains(caller.get())) {
            request.setAttribute(AccessFilter.CALLER, caller.get());
            chain.doFilter(request, response);
        } else {
            ProblemType type = caller.isPresent() ? ProblemType.FORBIDDEN : ProblemType.UNAUTHENTICATED;
            Answer.of(Problem.of(type, "Send the API key of the operator or the reader: Authorization: Bearer KEY."))
                    .writeTo(response);
        }
    }
}
