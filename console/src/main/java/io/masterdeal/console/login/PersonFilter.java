package io.masterdeal.console.access;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows a person by an API key in the header {@code Authorization: Bearer}: for programs, which read JSON and CSV. */
final class KeyFilter extends OncePerRequestFilter {

    private final ApiKeys keys;

    KeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.startsWith("/assets/") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Person person = keys.principal(request.getHeader(HttpHeaders.AUTHORIZATION))
                .map(KeyFilter::person)
                .orElse(null);
        if (person == null) {
            JsonAnswer.of(ProblemDocument.unauthenticated("Give a key: 'Authorization: Bearer KEY'."))
                    .writeTo(response);
            return;
        }
        request.setAttribute(Person.ATTRIBUTE, person);
        chain.doFilter(request, response);
    }

    /** The keys of domains and of other roles are no persons'. */
    private static @Nullable Person person(String principal) {
        return switch (principal) {
            case AccessPolicy.OPERATOR -> new Person(principal, Right.OPERATOR);
            case AccessPolicy.READER -> new Person(principal, Right.VIEWER);
            default -> null;
        };
    }
}
