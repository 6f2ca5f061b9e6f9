package io.masterdeal.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a client asks and how. Immutable; the key is never shown.
 *
 * @param address base address of the gateway or the service, such as {@code https://masterdeal.example}; it may have a path
 * @param key the API key that is sent with every request
 * @param retry what is asked again, and for how long
 * @param timeout how long to wait for the whole answer to one request; greater than zero
 * @param http the HTTP client to use, for example one with an executor or a TLS context of the program's own, or one that several
 *     clients share; it is not closed with the client. Null: the client makes one, and closes it
 */
public record ClientSettings(
        URI address,
        ApiKey key,
        RetryPolicy retry,
        Duration timeout,
        @Nullable HttpClient http) {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the address is not an HTTP address without a query, or the timeout not greater than zero
     */
    public ClientSettings {
        String scheme = address.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                || address.getHost() == null
                || address.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "not the address of a platform: " + address + "; give one such as http://127.0.0.1:8080");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout has to be greater than zero");
        }
    }

    /** {@link RetryPolicy#standard()}, a timeout of 1 minute, and an HTTP client of its own. */
    public static ClientSettings of(URI address, ApiKey key) {
        return new ClientSettings(address, key, RetryPolicy.standard(), TIMEOUT, null);
    }

    /** The same with another retry policy. */
    public ClientSettings withRetry(RetryPolicy other) {
        return new ClientSettings(address, key, other, timeout, http);
    }

    /** The same with another timeout. */
    public ClientSettings withTimeout(Duration other) {
        return new ClientSettings(address, key, retry, other, http);
    }

    /** The same with the program's own HTTP client. */
    public ClientSettings withHttp(HttpClient other) {
        return new ClientSettings(address, key, retry, timeout, other);
    }
}
