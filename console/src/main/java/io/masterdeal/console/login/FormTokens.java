package io.masterdeal.console.login;

import io.masterdeal.console.login.Refusals.Reason;
import io.masterdeal.console.page.Views;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/**
 * Asks for the token of the session in everything that a session changes, and gives it to the pages. Requests with a key need none: no
 * browser sends a key by itself.
 */
final class FormTokens {

    private FormTokens() {}

    static Filter filter(CsrfTokenRepository tokens, Refusals refusals) {
        CsrfFilter filter = new CsrfFilter(tokens);
        filter.setRequestHandler(new ForPages());
        filter.setRequireCsrfProtectionMatcher(
                request -> bySession(request) && !OriginFilter.READING.contains(request.getMethod()));
        filter.setAccessDeniedHandler(
                (request, response, _) -> refusals.refuse(
                        request,
                        response,
                        Reason.TOKEN,
                        new ProblemDocument(
                                "no-token",
                                403,
                                "The token of the page is missing",
                                "Send the token of the session as the field _csrf or the header X-CSRF-TOKEN; nothing was done.")));
        return filter;
    }

    /** Whether the person of a request is known by a session. */
    static boolean bySession(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(PersonFilter.BY_SESSION));
    }

    /** Masks the token anew for each page, so that it cannot be guessed from the sizes of compressed ones. */
    private static final class ForPages implements CsrfTokenRequestHandler {

        private final XorCsrfTokenRequestAttributeHandler masked = new XorCsrfTokenRequestAttributeHandler();

        @Override
        public void handle(
                HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> deferredToken) {
            masked.handle(request, response, deferredToken);
            // Without a session the token would make one, for whoever comes by.
            if (bySession(request) && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
                request.setAttribute(Views.CSRF_ATTRIBUTE, token.getToken());
            }
        }

        @Override
        public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken csrfToken) {
            return masked.resolveCsrfTokenValue(request, csrfToken);
        }
    }
}
