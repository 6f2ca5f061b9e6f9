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
 * What it may be told, of {@code masterdeal.service.*}: {@code rules} (a bundled rule set or a file), {@code rules.accept-moves} (so many
 * deals may another rule set than before move to another stage, default 0), {@code reactions}, {@code
 * effects.attempts}, {@code effects.first-pause}, {@code effects.at-once}, {@code schema}, {@code readers.connections}, {@code
 * readers.turn}, {@code readers.answer} (how many queries at once, and how long one may wait and take), {@code intake.enabled} (false:
 * this process takes no events in and folds no waiting deals, it only answers, relays and sends effects), {@code relay.slot}. Also {@code
 * masterdeal.catalog}, {@code masterdeal.deal-fields} (which attributes of deals answers have), {@code masterdeal.gateway.url} (without it nothing is asked of other systems), {@code
 * masterdeal.topics.partitions}, {@code masterdeal.topics.replication-factor}, {@code server.port}, {@code server.address}.
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
