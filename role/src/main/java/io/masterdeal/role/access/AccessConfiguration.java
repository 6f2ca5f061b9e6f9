package io.masterdeal.role.access;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.settings.RequiredSetting;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Asks callers for their keys, {@code masterdeal.api-keys} being the directory of these. A role that wants something else than {@link
 * AccessPolicy#readOrOperate} has a bean {@link AccessPolicy}; one whose other filters have to come first has a bean {@link Order}.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 200;

    @Bean
    ApiKeys apiKeys(Environment environment) {
        return ApiKeys.load(Path.of(RequiredSetting.read(environment, "masterdeal.api-keys")));
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            ApiKeys keys, ObjectProvider<AccessPolicy> policy, ObjectProvider<Order> order) {
        var filter = new FilterRegistrationBean<>(
                new AccessFilter(keys, policy.getIfAvailable(() -> AccessPolicy.readOrOperate(Set.of()))));
        filter.setOrder(order.getIfAvailable(() -> new Order(ORDER)).value());
        return filter;
    }

    /**
     * Where the filter stands among those of the role.
     *
     * @param value as {@link Ordered#getOrder}
     */
    public record Order(int value) {}
}
