package io.masterdeal.router;

import io.masterdeal.role.context.RoleApplication;
import io.masterdeal.role.context.WithDatabase;
import io.masterdeal.role.context.WithKafka;
import io.masterdeal.role.context.WithOpenApi;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.DiskSpaceHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.SslHealthContributorAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * The role {@code router}. What it needs to be told:
 *
 * <ul>
 *   <li>{@code spring.datasource.url}, {@code .username}, {@code .password}: PostgreSQL 14 or newer, a login that owns the schema
 *       {@code router} ({@code masterdeal.router.schema}) or may create it;
 *   <li>{@code masterdeal.kafka.bootstrap-servers}, {@code masterdeal.kafka.client.*};
 *   <li>{@code masterdeal.registry.url};
 *   <li>{@code masterdeal.api-keys}: the directory of the callers' keys;
 *   <li>{@code masterdeal.router.secrets}: the directory of the secrets with which requests are signed.
 * </ul>
 *
 * What it may be told: {@code masterdeal.router.subscriptions} (a YAML file), {@code
 * masterdeal.router.sinks.allowed} (hosts and networks that events may go to; none by default), {@code
 * masterdeal.router.sinks.topics}, {@code masterdeal.router.keep-days} (30), {@code
 * masterdeal.service.url} (whom it asks whether an event is committed), {@code masterdeal.catalog}, {@code
 * masterdeal.topics.partitions}, {@code masterdeal.topics.replication-factor}, {@code server.port}, {@code server.address}.
 *
 * <p>With routes: {@code masterdeal.router.routes} (their folder), {@code masterdeal.router.routes-secrets}, {@code
 * masterdeal.router.routes-rejected}, and {@code masterdeal.gateway.url}, where their events are published.
 *
 * <p>Several processes may have the role: one delivers, the others answer questions and take over when it is gone.
 */
@RoleApplication(
        name = "router",
        port = 8082,
        readiness = {"db", "kafka"},
        defaults = {
            // Bodies are small here, but what is made of them can be twenty times as large.
            "masterdeal.http.bodies-memory=4MB",
            "masterdeal.http.bodies-at-once=16",
            "spring.jackson.property-naming-strategy=SNAKE_CASE",
            "spring.jackson.default-property-inclusion=non_null"
        })
@WithKafka
@WithDatabase(migrations = "masterdeal/router/migrations", connections = 12)
@WithOpenApi
@ImportAutoConfiguration({DiskSpaceHealthContributorAutoConfiguration.class, SslHealthContributorAutoConfiguration.class
})
@ComponentScan
public class RouterRole {}
