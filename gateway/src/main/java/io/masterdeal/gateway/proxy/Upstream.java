package io.masterdeal.gateway.proxy;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The address of one system, and how it is called.
 *
 * @param name the system: the first segment of the paths
 * @param base where it is, http or https, without a slash at the end, query or fragment
 * @param key sent to it as a bearer token, secret; null for none
 * @param stripPrefix whether {@code /NAME} is taken off the path
 * @param timeout how long until its answer begins, and how long it may then pause
 */
record Upstream(String name, URI base, @Nullable String key, boolean stripPrefix, Duration timeout) {
    /** Without the key. */
    @Override
    public String toString() {
        return name + " to " + base;
    }
}
