package io.masterdeal.console.monitoring;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.role.access.AccessPolicy;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.settings.RequiredSetting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class MonitoringConfiguration {

    @Bean
    MenuEntry monitoringEntry() {
        return new MenuEntry(22, "/monitoring", "monitoring.title", Right.VIEWER);
    }

    @Bean
    Samples samples() {
        return new Samples();
    }

    @Bean
    ProcessProbe processProbe(Environment environment) {
        Path keys = Path.of(RequiredSetting.read(environment, "masterdeal.api-keys"));
        return new ProcessProbe(ApiKeys.read(keys, AccessPolicy.CONSOLE));
    }

    @Bean
    Sampler sampler(
            Environment environment,
            KafkaSettings kafka,
            ProcessProbe probe,
            Samples samples,
            ObjectProvider<SampleListener> listeners,
            Clock clock) {
        Duration interval =
                environment.getProperty("masterdeal.console.watch.interval", Duration.class, Duration.ofSeconds(15));
        if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "masterdeal.console.watch.interval is " + interval + ", and has to be 100ms to 5m");
        }
        Sampler.Plan plan = new Sampler.Plan(ProcessAddress.read(environment), interval, kafka.bootstrapServers());
        return new Sampler(plan, probe, samples, listeners.stream().toList(), clock);
    }
}
