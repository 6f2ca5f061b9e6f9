package io.masterdeal.console;

import io.masterdeal.role.context.RoleApplication;
import io.masterdeal.role.context.WithDatabase;
import io.masterdeal.role.context.WithKafka;
import org.springframework.context.annotation.ComponentScan;

/**
 * The role {@code console}: pages for people. What it needs to be told:
 *
 * <ul>
 *   <li>{@code spring.datasource.url}, {@code .username}, {@code .password}: PostgreSQL 14 or newer, a login that owns the schema
 *       {@code console} ({@code masterdeal.console.schema}) or may create it;
 *   <li>{@code masterdeal.kafka.bootstrap-servers}, {@code masterdeal.kafka.client.*};
 *   <li>{@code masterdeal.registry.url};
 *   <li>{@code masterdeal.api-keys}: the directory of the callers' keys, with that of the console itself.
 * </ul>
 *
 * What it may be told: {@code masterdeal.service.url} and {@code masterdeal.router.url} (whom it asks; without one of them its pages say
 * so), {@code masterdeal.gateway.url} (whose health it shows), {@code masterdeal.console.channels} (a YAML file of those who get notices),
 * {@code masterdeal.console.watch.*} (thresholds of alerts), {@code masterdeal.console.trace-url} (a link for each trace), {@code
 * masterdeal.catalog}, {@code server.port}, {@code server.address}; {@code masterdeal.console.url}, the address under which browsers reach
 * it if a proxy is between; {@code masterdeal.console.oidc.*}, an identity provider.
 *
 * <p>It may be away at any time, and its schema may be dropped: everything in it is made again from Kafka and from the answers of the
 * other roles, but for what people have chosen here (sessions, saved views, silences) and the history of alerts.
 */
@RoleApplication(
        name = "console",
        port = 8084,
        readiness = {"db"},
        defaults = {
            // 2,000 open pages, each with its stream and a refresh; behind a proxy all of them come from one address.
            "server.tomcat.max-connections=6000",
            "masterdeal.http.connections-per-address=5000",
            "masterdeal.http.bodies-memory=4MB",
            "masterdeal.http.bodies-at-once=16",
            // A proxy before it may speak another protocol with the browser.
            "server.tomcat.use-relative-redirects=true",
            "spring.jackson.property-naming-strategy=SNAKE_CASE",
            "spring.jackson.default-property-inclusion=non_null"
        })
@WithKafka
@WithDatabase(migrations = "masterdeal/console/migrations", connections = 8)
@ComponentScan
public class ConsoleRole {}
