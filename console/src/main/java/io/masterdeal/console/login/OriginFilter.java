package io.masterdeal.console.login;

import io.masterdeal.console.login.Refusals.Reason;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site makes a browser send here, login included: browsers tell where a request comes from in {@code
 * Sec-Fetch-Site}, and in {@code Origin} where that is missing: older ones, and all of them without TLS beyond loopback. Programs send
 * neither.
 */
final class OriginFilter extends OncePerRequestFilter {

    static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Refusals refusals;
    private final @Nullable String publicHost;

    /**
     * @param address under which browsers reach the console; null if it is that of the request
     */
    OriginFilter(Refusals refusals, @Nullable URI address) {
        this.refusals = refusals;
        this.publicHost = address == null ? null : host(address);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null ? !OWN_SITE.contains(site) : origin != null && !isOwn(request, origin)) {
            refusals.refuse(
                    request,
                    response,
                    Reason.FOREIGN,
                    new ProblemDocument(
                            "foreign-origin",
                            403,
                            "Another site has sent this",
                            "Only pages of the console may do this; nothing was done. If the console is behind a proxy, set"
                                    + " masterdeal.console.url to the address that browsers use."));
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isOwn(HttpServletRequest request, String origin) {
        String from;
        try {
            from = host(URI.create(origin));
        } catch (IllegalArgumentException _) {
            return false;
        }
        String own = request.getHeader("Host");
        return from != null && (from.equals(publicHost) || (own != null && from.equals(own.toLowerCase(Locale.ROOT))));
    }

    /** Host and port; null for what has none, such as the origin {@code null} of a page in a frame. */
    private static @Nullable String host(URI address) {
        String authority = address.getRawAuthority();
        return authority == null ? null : authority.toLowerCase(Locale.ROOT);
    }
}
