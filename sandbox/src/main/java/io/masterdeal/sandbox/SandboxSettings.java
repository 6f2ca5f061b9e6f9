package io.masterdeal.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code masterdeal}.
 *
 * @param apiKeys directory of the API keys; required
 * @param gateway the gateway
 * @param sandbox settings of the sandbox itself
 * @param catalog directory with event types in addition to the bundled ones; null if there are none
 */
@ConfigurationProperties("masterdeal")
record SandboxSettings(
        @Nullable Path apiKeys,
        @DefaultValue Gateway gateway,
        @DefaultValue Sandbox sandbox,
        @Nullable String catalog) {

    /**
     * Settings under {@code masterdeal.gateway}.
     *
     * @param url base address; required
     */
    record Gateway(@Nullable URI url) {}

    /**
     * Settings under {@code masterdeal.sandbox}.
     *
     * @param pace factor for all waits of simulated people
     * @param patience how long they wait for something
     * @param keepEvents how many events are kept
     */
    record Sandbox(
            @DefaultValue("1.0") double pace,
            @DefaultValue("10s") Duration patience,
            @DefaultValue("250000") int keepEvents) {}

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("the sandbox needs the setting " + name);
        }
        return value;
    }
}
