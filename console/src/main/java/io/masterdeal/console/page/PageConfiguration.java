package io.masterdeal.console.page;

import io.masterdeal.console.platform.RuleSetInUse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    /** To whole milliseconds, as the other roles take instants. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    Words words() {
        return Words.load();
    }

    @Bean
    Views views(Words words, RuleSetInUse rules, ObjectProvider<MenuEntry> menu, Clock clock) {
        return new Views(words, rules, menu.stream().toList(), clock);
    }

    @Bean
    WebMvcConfigurer viewsAsParameters(Views views) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(views);
            }
        };
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        var filter = new FilterRegistrationBean<>(new SecurityHeaders());
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 300);
        return filter;
    }
}
