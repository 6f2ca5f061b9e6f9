package io.masterdeal.router.explain;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExplainConfiguration {

    @Bean
    EventJson eventJson(EventCatalog catalog) {
        return new EventJson(catalog);
    }
}
