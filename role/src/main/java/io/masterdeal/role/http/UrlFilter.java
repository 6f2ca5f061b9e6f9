package io.masterdeal.role.http;

import io.masterdeal.contracts.text.PercentCoding;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses addresses whose percent-encoded bytes are not UTF-8. Tomcat does so for paths only, and only in newer versions.
 */
final class UrlFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String fault = fault("path", request.getRequestURI());
        if (fault == null && request.getQueryString() != null) {
            fault = fault("query", request.getQueryString());
        }
        if (fault == null) {
            chain.doFilter(request, response);
        } else {
            JsonAnswer.of(new ProblemDocument("unreadable-request", 400, "The request cannot be read", fault))
                    .writeTo(response);
        }
    }

    /** What is wrong with a part of an address, as a sentence; null if nothing is. */
    static @Nullable String fault(String part, String text) {
        int at = PercentCoding.invalidAt(text);
        return at < 0
                ? null
                : "The " + part + " is no percent-encoded UTF-8: what begins at byte " + at + " of it (the first is 0)"
                        + " belongs to no character.";
    }
}
