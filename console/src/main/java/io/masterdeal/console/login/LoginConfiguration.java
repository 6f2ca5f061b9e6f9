package io.masterdeal.console.access;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.access.AccessPolicy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class ConsoleAccessConfiguration implements WebMvcConfigurer {

    /** Metrics are for keys, as in every role; pages have filters of their own. */
    @Bean
    AccessPolicy accessPolicy() {
        return AccessPolicy.withHint("Give a key: 'Authorization: Bearer KEY'.")
                .anyKey(AccessPolicy.path(path -> path.startsWith("/actuator/")))
                .open(_ -> true);
    }

    @Bean
    FilterRegistrationBean<KeyFilter> keyFilter(ApiKeys keys) {
        var filter = new FilterRegistrationBean<>(new KeyFilter(keys));
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 150);
        return filter;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RightsInterceptor());
    }
}
