package io.masterdeal.console.login;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Login by OpenID Connect, if {@code masterdeal.console.oidc.issuer} is set. */
@Configuration(proxyBeanMethods = false)
@Conditional(OidcConfiguration.IsConfigured.class)
class OidcConfiguration {

    static final class IsConfigured implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment()
                    .getProperty("masterdeal.console.oidc.issuer", "")
                    .isEmpty();
        }
    }

    @Bean
    OidcSettings oidcSettings(Environment environment) {
        OidcSettings settings = OidcSettings.read(environment);
        if (settings == null) {
            throw new IllegalStateException("masterdeal.console.oidc.issuer is not set");
        }
        return settings;
    }

    @Bean
    OidcLogin oidcLogin(OidcSettings settings, LoginSessions sessions, Environment environment) {
        return new OidcLogin(settings, sessions, LoginConfiguration.publicAddress(environment));
    }

    @Bean
    FilterRegistrationBean<Filter> oidcStart(OidcLogin login) {
        return LoginConfiguration.ordered(login.start(), LoginConfiguration.OIDC);
    }

    @Bean
    FilterRegistrationBean<Filter> oidcCallback(OidcLogin login) {
        return LoginConfiguration.ordered(login.callback(), LoginConfiguration.OIDC + 1);
    }
}
