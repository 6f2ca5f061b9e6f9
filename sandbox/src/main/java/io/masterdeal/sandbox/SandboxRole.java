package io.masterdeal.sandbox;

import io.masterdeal.role.context.RoleApplication;
import io.masterdeal.sandbox.notification.NotificationConfiguration;
import io.masterdeal.sandbox.rest.RestConfiguration;
import io.masterdeal.sandbox.simulation.SimulationConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The six simulated systems as one role.
 *
 * <p>Settings: {@code masterdeal.api-keys} (directory of the API keys; those of the six domains are read) and
 * {@code masterdeal.gateway.url} are required. {@code masterdeal.sandbox.notification-secrets} is the directory of the secrets
 * {@code NAME.whsec} with which the subscriptions legal, crm, task-tracker and context are signed; without it no notification is
 * believed. {@code masterdeal.sandbox.pace} (1) multiplies all waits of people, {@code masterdeal.sandbox.patience} (10s) is how long
 * they wait for something,
 * {@code masterdeal.sandbox.keep-deals} (10000) and {@code masterdeal.sandbox.keep-events} (250000) are how much is remembered.
 * All of Spring Boot's settings for a web server hold too; unless told otherwise the server listens on loopback.
 */
@RoleApplication(
        name = "sandbox",
        port = 8083,
        readiness = {},
        defaults = "spring.lifecycle.timeout-per-shutdown-phase=5s")
@Import({
    SystemsConfiguration.class,
    RestConfiguration.class,
    NotificationConfiguration.class,
    SimulationConfiguration.class
})
public class SandboxRole {}
