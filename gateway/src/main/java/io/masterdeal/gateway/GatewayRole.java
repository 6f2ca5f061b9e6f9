package io.masterdeal.gateway;

import io.masterdeal.gateway.events.EventsConfiguration;
import io.masterdeal.gateway.proxy.ProxyConfiguration;
import io.masterdeal.gateway.publish.PublishConfiguration;
import io.masterdeal.role.context.RoleApplication;
import io.masterdeal.role.context.WithKafka;
import org.springframework.context.annotation.Import;

/**
 * The gateway.
 *
 * <p>Settings: {@code masterdeal.kafka.bootstrap-servers}, {@code masterdeal.registry.url} and {@code masterdeal.api-keys}
 * (directory of the API keys) are required. {@code masterdeal.kafka.properties-file} (owner-only) or
 * {@code masterdeal.kafka.client.*} give what Kafka's clients need beside the address, {@code masterdeal.catalog} a directory
 * with a company's own event types, {@code masterdeal.topics.partitions} (3) and
 * {@code masterdeal.topics.replication-factor} (1) the form of topics that are not there yet, and
 * {@code masterdeal.gateway.proxy.NAME.url} where the calls of a system go (docs/routes.md). All of Spring Boot's for a web
 * server hold too; unless told otherwise the server listens on loopback.
 *
 * <p>The start waits up to a minute for Kafka, then fails. The schema registry may come later.
 */
@RoleApplication(
        name = "gateway",
        port = 8080,
        readiness = {"kafka", "http"},
        // Percent-encoded, an attribute of 512 bytes takes three times as many in a header.
        defaults = "server.max-http-request-header-size=32KB",
        renamed = "routes=proxy")
@WithKafka
@Import({PublishConfiguration.class, EventsConfiguration.class, ProxyConfiguration.class, OpenApiDocument.class})
public class GatewayRole {}
