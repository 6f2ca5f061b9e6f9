package io.masterdeal.effects;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.facts.settings.WorkSettings;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.queue.QueueSettings;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.queue.broker.BrokerSettings;
import io.masterdeal.role.kafka.KafkaSettings;
import io.masterdeal.role.operation.OperationParts;
import io.masterdeal.role.operation.Operations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Effects in the application context of a role, which brings the catalog, the rule set, a clock, a data source and operations. */
@Configuration(proxyBeanMethods = false)
@Import({EffectController.class, EffectDecisionController.class, EffectQueries.class, AskedOfSystems.class})
public class EffectsConfiguration {

    /** The principal as which the service calls the gateway. */
    private static final String PRINCIPAL = "masterdeal";

    /** Longer than a request can take, so that no two are under way for one effect. */
    private static final Duration LEASE = GatewayClient.WHOLE.multipliedBy(3);

    /**
     * How often to look for effects without a task. Seldom, because effects are normally sent without it; and well below the
     * lease, so that what a killed process had under way does not wait much longer than that.
     */
    private static final Duration SWEEP = Duration.ofSeconds(10);

    /** So many first attempts of tasks at once come by the queue; the dispatcher makes the others. */
    private static final int SLA_ATTEMPTS_AT_ONCE = 2;

    /** A request, and what is written before and after it. */
    private static final Duration ATTEMPT = GatewayClient.WHOLE.plusSeconds(15);

    /** Later attempts are few, and with Kafka each parallel one needs a consumer with its connections. */
    private static final int MOST_ATTEMPTS_AT_ONCE = 4;

    /** A transaction of some ten milliseconds. */
    private static final int DELETED_AT_ONCE = 1000;

    /** The reactions that are in use. */
    record InUse(List<Reaction> reactions) {}

    @Bean
    InUse reactionsInUse(@Value("${masterdeal.reactions:bundled}") String nameOrFile, EventCatalog catalog) {
        return new InUse(ReactionFile.load(nameOrFile, catalog));
    }

    @Bean
    WorkSettings workSettings(InUse inUse, EventCatalog catalog, @Value("${masterdeal.gateway.url:}") String gateway) {
        return new WorkSettings(
                WorkSettings.hash(catalog.types().stream().map(String::valueOf)),
                Reaction.identity(inUse.reactions()),
                !gateway.isBlank());
    }

    @Bean
    Retries effectRetries(
            @Value("${masterdeal.effects.attempts:10}") int attempts,
            @Value("${masterdeal.effects.first-pause:2s}") Duration firstPause) {
        return new Retries(attempts, firstPause);
    }

    @Bean
    EffectMeters effectMeters(MeterRegistry registry) {
        return new EffectMeters(registry);
    }

    @Bean
    EffectTable effectTable(JdbcClient jdbc, MeterRegistry registry) {
        EffectTable table = new EffectTable(jdbc);
        Gauge.builder("masterdeal.effects.pending", table, EffectTable::pending)
                .description("Effects that are to be sent, now or later, or are under way")
                .register(registry);
        return table;
    }

    @Bean
    EffectWriter effectWriter(
            InUse inUse,
            EventCatalog catalog,
            @Value("${masterdeal.gateway.url:}") String gateway,
            Clock clock,
            EffectMeters meters) {
        return new EffectWriter(inUse.reactions(), catalog, !gateway.isBlank(), clock, meters);
    }

    @Bean
    EffectClaims effectClaims(
            DataSource dataSource,
            InUse inUse,
            RuleSet rules,
            Retries retries,
            @Value("${masterdeal.gateway.url:}") String gateway,
            AttemptQueue attempts,
            EffectMeters meters) {
        return new EffectClaims(
                dataSource,
                inUse.reactions(),
                rules,
                new EffectClaims.Terms(!gateway.isBlank(), retries, LEASE),
                attempts,
                meters);
    }

    @Bean
    BrokerSettings taskBroker(Environment settings, KafkaSettings kafka) {
        return TaskQueues.broker(settings::getProperty, kafka.texts());
    }

    /** Opened and closed by {@link EffectsLifecycle}. */
    @Bean
    AttemptQueue attemptQueue(
            BrokerSettings broker,
            @Value("${masterdeal.effects.queue:masterdeal.effects}") String name,
            @Value("${masterdeal.effects.at-once:8}") int atOnce,
            DataSource dataSource,
            MeterRegistry registry) {
        QueueSettings queue = QueueSettings.of(name)
                .withAtOnce(Math.clamp(atOnce, 1, MOST_ATTEMPTS_AT_ONCE))
                .withHandlerTimeout(ATTEMPT);
        return new AttemptQueue(() -> TaskQueues.open(broker, queue, dataSource, registry));
    }

    /** Opened and closed by {@link EffectsLifecycle}. */
    @Bean
    SlaQueue slaQueue(
            BrokerSettings broker,
            @Value("${masterdeal.service.sla.queue:masterdeal.sla}") String name,
            DataSource dataSource,
            MeterRegistry registry) {
        QueueSettings queue =
                QueueSettings.of(name).withAtOnce(SLA_ATTEMPTS_AT_ONCE).withHandlerTimeout(ATTEMPT);
        return new SlaQueue(() -> TaskQueues.open(broker, queue, dataSource, registry));
    }

    @Bean
    SlaTaskWriter slaTasks(SlaQueue queue, @Value("${masterdeal.gateway.url:}") String gateway, EffectMeters meters) {
        return new SlaTaskWriter(queue, !gateway.isBlank(), LEASE, meters);
    }

    /** Stopped by {@link EffectsLifecycle}. */
    @Bean(destroyMethod = "")
    Dispatcher effectDispatcher(
            EffectClaims claims,
            EffectTable table,
            Retries retries,
            EffectMeters meters,
            EffectWriter writer,
            @Value("${masterdeal.effects.at-once:8}") int atOnce,
            Clock clock,
            Environment settings) {
        Dispatcher dispatcher =
                new Dispatcher(claims, table, gatewayClient(settings, clock), retries, meters, atOnce, SWEEP);
        writer.wakes(dispatcher::wake);
        return dispatcher;
    }

    @Bean
    EffectWork effectWork(EffectMeters meters, ObjectProvider<Dispatcher> dispatcher) {
        return new EffectWork((state, count) -> {
            meters.entered(state, count);
            if (state == EffectState.PENDING && count > 0) {
                dispatcher.getObject().wake();
            }
        });
    }

    @Bean
    EffectDecisions effectDecisions(OperationParts parts, Operations operations, EffectWork work) {
        return new EffectDecisions(parts.transactions(), operations, work);
    }

    private static @Nullable GatewayClient gatewayClient(Environment settings, Clock clock) {
        String url = settings.getProperty("masterdeal.gateway.url", "");
        if (url.isBlank()) {
            return null;
        }
        Path keys = Path.of(settings.getRequiredProperty("masterdeal.api-keys"));
        return new GatewayClient(URI.create(url), ApiKeys.read(keys, PRINCIPAL), clock, GatewayClient.WHOLE);
    }

    /** Stopped by {@link EffectsLifecycle}. */
    @Bean(destroyMethod = "")
    EffectRetention effectRetention(
            DataSource dataSource,
            InUse inUse,
            @Value("${masterdeal.effects.keep-days:90}") int keepDays,
            MeterRegistry registry) {
        return new EffectRetention(dataSource, keepDays, inUse.reactions(), DELETED_AT_ONCE, registry);
    }

    @Bean
    EffectsLifecycle effectsLifecycle(
            Dispatcher dispatcher,
            EffectTable table,
            EffectRetention retention,
            AttemptQueue attempts,
            SlaQueue told,
            SlaTaskWriter tasks,
            @Value("${masterdeal.gateway.url:}") String gateway) {
        tasks.wakes(dispatcher::wake);
        return new EffectsLifecycle(
                dispatcher, table, retention, gateway.isBlank() ? null : new EffectsLifecycle.Queues(attempts, told));
    }
}
