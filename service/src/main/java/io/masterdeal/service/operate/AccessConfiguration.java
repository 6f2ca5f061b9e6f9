package io.masterdeal.service.operate;

import io.masterdeal.role.access.AccessFilter;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessFilter accessFilter(@Value("${masterdeal.api-keys}") Path keys, JsonMapper json) {
        return new AccessFilter(keys, json);
    }
}
