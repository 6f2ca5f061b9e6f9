package io.masterdeal.role.access;

import io.masterdeal.contracts.apikey.ApiKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Lets in who has a key: any key may read, only the operator's may change something. Health is open to all. */
@Order(Ordered.LOWEST_PRECEDENCE - 200)
public final class AccessFilter extends OncePerRequestFilter {

    private static final String OPERATOR = "operator";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ApiKeys keys;

    private final JsonMapper json;

    private final Set<String> questions;

    /** The name under which the caller of a request is found among its attributes: a {@link String}. */
    public static final String CALLER = "io.masterdeal.caller";

    /**
     * @param directory of the API keys
     * @param json writes refusals
     * @throws io.masterdeal.contracts.apikey.ApiKeyException if there is no usable key
     */
    public AccessFilter(Path directory, JsonMapper json) {
        this(directory, json, Set.of());
    }

    /**
     * @param directory of the API keys
     * @param json writes refusals
     * @param questions paths to which any caller may POST, since they change nothing
     * @throws io.masterdeal.contracts.apikey.ApiKeyException if there is no usable key
     */
    public AccessFilter(Path directory, JsonMapper json, Set<String> questions) {
        this.keys = ApiKeys.load(directory);
        this.json = json;
        this.questions = Set.copyOf(questions);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // The path as the servlet container resolved it: a raw one may go elsewhere by "..".
        String path = request.getServletPath();
        return path.equals("/actuator/health") || path.startsWith("/actuator/health/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Optional<String> caller = header == null ? Optional.empty() : keys.principal(header);
        if (caller.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            refuse(response, HttpStatus.UNAUTHORIZED, "Give a key: 'Authorization: Bearer KEY'.");
        } else if (!READING.contains(request.getMethod())
                && !questions.contains(request.getServletPath())
                && !caller.get().equals(OPERATOR)) {
            refuse(
                    response,
                    HttpStatus.FORBIDDEN,
                    "Only the key of the operator may do this, not that of " + caller.get() + ".");
        } else {
            request.setAttribute(CALLER, caller.get());
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
    }
}
