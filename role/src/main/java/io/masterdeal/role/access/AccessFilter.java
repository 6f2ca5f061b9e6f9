package io.masterdeal.role.access;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import io.masterdeal.role.http.RequestBodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in whom an {@link AccessPolicy} lets in, known by the API key. */
public final class AccessFilter extends OncePerRequestFilter {
    /** The name under which the caller of a request is found among its attributes: a {@link String}. */
    public static final String CALLER = RequestBodies.CALLER;

    private static final ProblemDocument NOT_AN_ACTOR = new ProblemDocument(
            "not-an-actor",
            400,
            "This names nobody",
            "Name the person in '" + Actor.HEADER + "' in UTF-8, with 1 to " + Actor.MOST
                    + " printable characters, or leave the header out.");

    private final ApiKeys keys;
    private final AccessPolicy policy;

    /**
     * @param keys of all callers
     * @param policy says who may send what
     */
    public AccessFilter(ApiKeys keys, AccessPolicy policy) {
        this.keys = keys;
        this.policy = policy;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return policy.isOpen(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> caller = keys.principal(request.getHeader(HttpHeaders.AUTHORIZATION));
        ProblemDocument refusal = policy.refusal(request, caller);
        if (refusal != null) {
            JsonAnswer.of(refusal).writeTo(response);
            return;
        }
        Actor actor = Actor.read(caller.orElseThrow(), request.getHeader(Actor.HEADER));
        if (actor == null) {
            JsonAnswer.of(NOT_AN_ACTOR).writeTo(response);
            return;
        }
        request.setAttribute(CALLER, actor.principal());
        request.setAttribute(Actor.ATTRIBUTE, actor);
        chain.doFilter(request, response);
    }
}
