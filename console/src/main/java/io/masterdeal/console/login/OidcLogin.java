package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.contracts.apikey.PersonKeys;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestClient;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Login by OpenID Connect: the authorization code flow with PKCE and nonce, by Spring Security. What comes out of it is a session as any
 * other; tokens of the provider are not kept.
 */
final class OidcLogin {

    /** Where the flow starts; the button of the login page leads there. */
    static final String START = "/login/oidc/start";

    private static final Logger log = LoggerFactory.getLogger(OidcLogin.class);

    private static final String REGISTRATION = "provider";
    private static final String CALLBACK = "/login/oidc/callback";
    private static final String NEXT = "login.next";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MINUTES_TO_LOG_IN = 10;

    private final OidcSettings settings;
    private final LoginSessions sessions;
    private final ClientRegistrationRepository registrations;
    private volatile @Nullable ClientRegistration discovered;

    /**
     * @param address under which browsers reach the console; null if it is that of each request
     */
    OidcLogin(OidcSettings settings, LoginSessions sessions, @Nullable URI address) {
        this.settings = settings;
        this.sessions = sessions;
        String base = address == null ? "{baseUrl}" : address.toString().replaceAll("/+$", "");
        this.registrations = id -> id.equals(REGISTRATION) ? registration(base + CALLBACK) : null;
    }

    /** Asks the provider where its endpoints are, the first time that somebody logs in: it may be away when the console starts. */
    private ClientRegistration registration(String redirect) {
        ClientRegistration known = discovered;
        if (known == null) {
            known = ClientRegistrations.fromIssuerLocation(settings.issuer())
                    .registrationId(REGISTRATION)
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
                    .scope(settings.scopes())
                    .redirectUri(redirect)
                    .clientSettings(ClientRegistration.ClientSettings.builder()
                            .requireProofKey(true)
                            .build())
                    .build();
            discovered = known;
        }
        return known;
    }

    /** Sends the browser to the provider. */
    Filter start() {
        Filter redirect = new OAuth2AuthorizationRequestRedirectFilter(registrations, START);
        return new OncePerRequestFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !request.getServletPath().startsWith(START);
            }

            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                try {
                    registrations.findByRegistrationId(REGISTRATION);
                } catch (RuntimeException e) {
                    log.warn("the identity provider {} cannot be asked: {}", settings.issuer(), e.getMessage());
                    response.sendRedirect("/login?failed=provider");
                    return;
                }
                HttpSession session = request.getSession(true);
                session.setMaxInactiveInterval(
                        (int) Duration.ofMinutes(MINUTES_TO_LOG_IN).toSeconds());
                session.setAttribute(NEXT, LocalPath.of(request.getParameter("next")));
                redirect.doFilter(request, response, chain);
            }
        };
    }

    /** Takes the browser back, and begins a session. */
    Filter callback() {
        OAuth2LoginAuthenticationFilter filter =
                new OAuth2LoginAuthenticationFilter(registrations, new NoClients(), CALLBACK);
        filter.setAuthenticationManager(
                new ProviderManager(new OidcAuthorizationCodeAuthenticationProvider(tokens(), new OidcUserService())));
        filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
            SecurityContextHolder.clearContext(); // Nobody here reads it.
            HttpSession session = request.getSession(false);
            String next = session != null && session.getAttribute(NEXT) instanceof String path ? path : "/";
            Person person = authentication.getPrincipal() instanceof OidcUser user ? person(user) : null;
            if (person == null) {
                sessions.end(request);
                response.sendRedirect("/login?failed=right");
                return;
            }
            sessions.begin(request, response, person, "", "OpenID Connect");
            response.sendRedirect(LocalPath.of(next));
        });
        filter.setAuthenticationFailureHandler((request, response, failure) -> {
            log.warn("a login by {} failed: {}", settings.issuer(), failure.getMessage());
            sessions.end(request);
            response.sendRedirect("/login?failed=oidc");
        });
        return filter;
    }

    private @Nullable Person person(OidcUser user) {
        Right right = settings.rights().of(user.getClaims());
        String name = settings.nameClaims().stream()
                .map(claim -> user.getClaims().get(claim) instanceof String text ? text.strip() : "")
                .filter(text -> PersonKeys.nameFault(text) == null)
                .findFirst()
                .orElse(null);
        if (right == null || name == null) {
            log.warn(
                    "{} of {} has no right, or no name: its claims are {}",
                    user.getSubject(),
                    settings.issuer(),
                    user.getClaims().keySet());
            return null;
        }
        return new Person(name, right);
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens() {
        JdkClientHttpRequestFactory http = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        http.setReadTimeout(PATIENCE);
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(http)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }
}
