package io.masterdeal.console.login;

import io.masterdeal.console.page.Views;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.http.HttpServerConfiguration;
import io.masterdeal.role.settings.RequiredSetting;
import jakarta.servlet.Filter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The checks of every request, in this order: where it comes from, who sends it, then (its body having been read within limits) the token
 * of its form, and at last the right that its handler needs.
 */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    /** After the headers of all pages, before the first check. */
    static final int SESSIONS = Ordered.LOWEST_PRECEDENCE - 290;

    static final int ORIGIN = Ordered.LOWEST_PRECEDENCE - 160;

    static final int OIDC = Ordered.LOWEST_PRECEDENCE - 155;

    private static final int PERSON = Ordered.LOWEST_PRECEDENCE - 150;

    private static final int TOKEN = HttpServerConfiguration.AFTER_KEYS + 10;

    /** Metrics are for keys, as in every role; pages have filters of their own. */
    @Bean
    AccessPolicy accessPolicy() {
        return AccessPolicy.withHint("Give a key: 'Authorization: Bearer KEY'.")
                .anyKey(AccessPolicy.path(path -> path.startsWith("/actuator/")))
                .open(_ -> true);
    }

    @Bean
    KnownKeys knownKeys(ApiKeys keys, Environment environment, Clock clock) {
        return new KnownKeys(keys, Path.of(RequiredSetting.read(environment, "masterdeal.api-keys")), clock);
    }

    @Bean
    FailedLogins failedLogins(Clock clock) {
        return new FailedLogins(clock);
    }

    @Bean
    LoginLinks loginLinks(JdbcClient jdbc) {
        return new LoginLinks(jdbc);
    }

    @Bean
    CsrfTokenRepository csrfTokens() {
        return new HttpSessionCsrfTokenRepository();
    }

    @Bean
    LoginSessions loginSessions(KnownKeys keys, CsrfTokenRepository tokens, Clock clock) {
        return new LoginSessions(keys, tokens, clock);
    }

    @Bean
    Refusals refusals(Views views) {
        return new Refusals(views);
    }

    /** Under which address browsers reach the console; null if it is that of each request. */
    static @Nullable URI publicAddress(Environment environment) {
        String address = environment.getProperty("masterdeal.console.url", "");
        return address.isEmpty() ? null : URI.create(address);
    }

    @Bean
    FilterRegistrationBean<OriginFilter> originFilter(Refusals refusals, Environment environment) {
        return ordered(new OriginFilter(refusals, publicAddress(environment)), ORIGIN);
    }

    @Bean
    FilterRegistrationBean<PersonFilter> personFilter(
            KnownKeys keys, LoginSessions sessions, FailedLogins failures, Refusals refusals) {
        return ordered(new PersonFilter(keys, sessions, failures, refusals), PERSON);
    }

    @Bean
    FilterRegistrationBean<Filter> formTokenFilter(CsrfTokenRepository tokens, Refusals refusals) {
        return ordered(FormTokens.filter(tokens, refusals), TOKEN);
    }

    @Bean
    WebMvcConfigurer rights(Refusals refusals) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RightsInterceptor(refusals));
            }
        };
    }

    static <T extends Filter> FilterRegistrationBean<T> ordered(T filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
