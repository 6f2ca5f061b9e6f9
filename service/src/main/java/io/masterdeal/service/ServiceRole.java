package io.masterdeal.service;

import io.masterdeal.role.context.RoleApplication;
import io.masterdeal.role.context.WithDatabase;
import io.masterdeal.role.context.WithKafka;
import io.masterdeal.role.context.WithOpenApi;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.DiskSpaceHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.SslHealthContributorAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * The role {@code service}. What it needs to be told:
 *
 * <ul>
 *   <li>{@code spring.datasource.url}, {@code .username}, {@code .password}: PostgreSQL 14 or newer with
 *       {@code wal_level=logical}, a login with REPLICATION that owns the schema;
 *   <li>{@code masterdeal.kafka.bootstrap-servers}, {@code masterdeal.kafka.client.*};
 *   <li>{@code masterdeal.registry.url};
 *   <li>{@code masterdeal.api-keys}: the directory of the callers' keys.
 * </ul>
 *
 * What it may be told: {@code masterdeal.rules} (a bundled rule set or a file), {@code masterdeal.catalog}, {@code
 * masterdeal.reactions}, {@code masterdeal.gateway.url} (without it nothing is asked of other systems), {@code
 * masterdeal.effects.attempts}, {@code masterdeal.effects.first-pause}, {@code masterdeal.effects.at-once}, {@code
 * masterdeal.schema}, {@code masterdeal.readers.connections}, {@code masterdeal.readers.turn}, {@code masterdeal.readers.answer} (how
 * many questions at once, and how long one may wait and take), {@code masterdeal.intake.enabled} (false: this process takes no events in and folds no waiting deals,
 * it only answers, relays and sends effects), {@code masterdeal.relay.slot}, {@code masterdeal.topics.partitions}, {@code
 * masterdeal.topics.replication-factor}, {@code server.port}, {@code server.address}.
 */
@RoleApplication(
        name = "service",
        port = 8081,
        readiness = {"db", "kafka", "intakeMeters"},
        defaults = {
            // Bodies are small here, but what is made of them can be twenty times as large.
            "masterdeal.http.bodies-memory=4MB",
            "masterdeal.http.bodies-at-once=16"
        },
        renamed = {"effects", "intake", "reactions", "readers", "relay", "rules", "schema"})
@WithKafka
@WithDatabase(migrations = {"masterdeal/service/migrations", "masterdeal/queue/migrations"})
@WithOpenApi
@ImportAutoConfiguration({DiskSpaceHealthContributorAutoConfiguration.class, SslHealthContributorAutoConfiguration.class
})
@ComponentScan
public class ServiceRole {}
