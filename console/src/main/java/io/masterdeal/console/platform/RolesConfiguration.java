package io.masterdeal.console.platform;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.settings.RequiredSetting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class RolesConfiguration {

    @Bean
    Roles roles(Environment environment) {
        Path keys = Path.of(RequiredSetting.read(environment, "masterdeal.api-keys"));
        return new Roles(
                address(environment, "masterdeal.service.url"),
                address(environment, "masterdeal.router.url"),
                ApiKeys.read(keys, AccessPolicy.CONSOLE));
    }

    @Bean
    RuleSetInUse ruleSetInUse(Roles roles, Clock clock) {
        return new RuleSetInUse(roles, clock);
    }

    private static @Nullable URI address(Environment environment, String setting) {
        String text = environment.getProperty(setting, "");
        return text.isEmpty() ? null : URI.create(text);
    }
}
