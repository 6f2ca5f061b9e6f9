package io.masterdeal.service;

import io.masterdeal.role.http.HttpServerConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The role {@code service} as an application context of its own. What it needs to be told:
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
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
@Import({ServiceDefaults.class, HttpServerConfiguration.class})
public class ServiceRole {}
