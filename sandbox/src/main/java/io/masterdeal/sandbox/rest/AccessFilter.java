package io.masterdeal.sandbox.rest;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.sandbox.system.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in who has a key: any key at the systems and the context, the operator's alone at their control. Health is open to all, and
 * notifications need a signature instead.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class AccessFilter extends OncePerRequestFilter {
    private static final String CALLER = io.masterdeal.role.access.AccessFilter.CALLER;
    private static final String OPERATOR = "operator";
    private static final Set<String> OF_SUBSCRIBERS = Set.of("context", "notifications");
    private static final Set<String> MEASURERS = Set.of(OPERATOR, "reader");

    private final ApiKeys keys;
    private final Set<String> domains;

    AccessFilter(ApiKeys keys, Set<String> domains) {
        this.keys = keys;
        this.domains = domains;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // The path as the servlet container resolved it: a raw one may go elsewhere by "..".
        String path = request.getServletPath();
        return path.equals("/actuator/health") || path.startsWith("/actuator/health/") || Paths.isNotification(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> caller = keys.principal(request.getHeader("Authorization"));
        if (caller.isEmpty()) {
            Problems.write(Refusal.noAccess(false, "Give a key: Authorization: Bearer KEY."), response);
        } else if (!mayEnter(caller.get(), request.getServletPath())) {
            Problems.write(Refusal.noAccess(true, "This is for the key of the operator."), response);
        } else {
            request.setAttribute(CALLER, caller.get());
            chain.doFilter(request, response);
        }
    }

    private boolean mayEnter(String caller, String path) {
        String first = Paths.firstSegment(path);
        return domains.contains(first)
                || OF_SUBSCRIBERS.contains(first)
                || caller.equals(OPERATOR)
                || (first.equals("actuator") && MEASURERS.contains(caller));
    }
}
