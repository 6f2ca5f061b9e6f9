package io.masterdeal.router;

import io.masterdeal.role.http.HttpServerConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The role {@code router} as an application context of its own. What it needs to be told:
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
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
@Import({RouterDefaults.class, HttpServerConfiguration.class})
public class RouterRole {}
