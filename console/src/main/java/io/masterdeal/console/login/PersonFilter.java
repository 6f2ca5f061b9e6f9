package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.login.Refusals.Reason;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.http.ProblemDocument;
import io.masterdeal.role.http.RequestBodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who sends a request: by an API key in the header {@code Authorization: Bearer}, as programs do, or by a session. A page that
 * needs a person leads to the login; anything else is refused.
 */
final class PersonFilter extends OncePerRequestFilter {

    /** The name under which requests tell that their person is known by a session: {@link Boolean#TRUE}. */
    static final String BY_SESSION = "masterdeal.by-session";

    private static final Logger log = LoggerFactory.getLogger(PersonFilter.class);

    private static final String SCHEME = "Bearer ";

    private static final int LONGEST_KEY = 512;

    private final KnownKeys keys;
    private final LoginSessions sessions;
    private final FailedLogins failures;
    private final Refusals refusals;

    PersonFilter(KnownKeys keys, LoginSessions sessions, FailedLogins failures, Refusals refusals) {
        this.keys = keys;
        this.sessions = sessions;
        this.failures = failures;
        this.refusals = refusals;
    }

    /** Where Prometheus sends its alerts: its handler asks for a key that is good for nothing else. */
    private static final String RECEIVER = "/api/v2/alerts";

    /** Whether anyone may ask for this. */
    static boolean isOpen(String path) {
        return path.equals("/login")
                || path.startsWith("/login/")
                || path.startsWith("/assets/")
                || path.equals(RECEIVER);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return isOpen(path) || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Person person;
        if (header != null) {
            person = byKey(request, response, header);
        } else {
            person = bySession(request, response);
            request.setAttribute(BY_SESSION, person != null);
        }
        if (person == null) {
            return;
        }
        request.setAttribute(Person.ATTRIBUTE, person);
        request.setAttribute(RequestBodies.CALLER, person.name());
        chain.doFilter(request, response);
    }

    private @Nullable Person byKey(HttpServletRequest request, HttpServletResponse response, String header)
            throws IOException {
        long seconds = failures.waitSeconds(request.getRemoteAddr());
        if (seconds > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            refusals.refuse(request, response, Reason.OFTEN, tooOften(seconds));
            return null;
        }
        Person person = header.length() <= SCHEME.length() + LONGEST_KEY
                        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? keys.person(ApiKeys.hash(header.substring(SCHEME.length()).strip()))
                : null;
        if (person == null) {
            failures.failed(request.getRemoteAddr());
            refusals.refuse(request, response, Reason.SESSION, unauthenticated());
        }
        return person;
    }

    private @Nullable Person bySession(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Person person;
        try {
            person = sessions.person(request);
        } catch (DataAccessException | TransactionException e) {
            log.warn("sessions cannot be read: {}", e.getMessage());
            refusals.refuse(
                    request,
                    response,
                    Reason.AWAY,
                    new ProblemDocument(
                            "unavailable", 503, "Sessions cannot be read", "PostgreSQL does not answer; try again."));
            return null;
        }
        if (person == null && request.getMethod().equals("GET") && Refusals.isForPage(request)) {
            response.sendRedirect("/login?next=" + URLEncoder.encode(path(request), StandardCharsets.UTF_8));
        } else if (person == null) {
            refusals.refuse(request, response, Reason.SESSION, unauthenticated());
        }
        return person;
    }

    private static String path(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    static ProblemDocument tooOften(long seconds) {
        return new ProblemDocument(
                "too-many-requests",
                429,
                "Too many failed logins",
                "Try again in " + seconds + " s. Make sure that the key is the right one.");
    }

    private static ProblemDocument unauthenticated() {
        return ProblemDocument.unauthenticated(
                "Log in at /login, or give the key of a reader, an operator or a named person: 'Authorization: Bearer KEY'.");
    }
}
