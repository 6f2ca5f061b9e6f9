package io.masterdeal.console.alerts;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.monitoring.Samples;
import io.masterdeal.console.page.MenuEntry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class AlertConfiguration {

    @Bean
    MenuEntry alertsEntry() {
        return new MenuEntry(24, "/alerts", "alerts.title", Right.VIEWER);
    }

    @Bean
    Watch watch(
            Environment environment,
            Samples samples,
            ObjectProvider<ReadingSource> others,
            ObjectProvider<RoundListener> listeners,
            Clock clock) {
        WatchSession session = new WatchSession(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""),
                environment.getProperty("spring.datasource.hikari.schema", "console"));
        return new Watch(
                new WatchSettings(environment),
                ReadingSource.rules(others.stream().toList()),
                samples,
                session,
                listeners.orderedStream().toList(),
                clock);
    }
}
