package io.masterdeal.gateway.proxy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The systems that can be called.
 *
 * @param systems all systems; their paths belong to the proxy alone
 * @param configured those with an address, by name
 */
record Upstreams(Set<String> systems, Map<String, Upstream> configured) {
    /**
     * The system whose path this is.
     *
     * @param rawPath path of a request, percent-encoded as it came
     * @return its name; empty if the path is not one of a system
     */
    Optional<String> system(String rawPath) {
        int end = rawPath.indexOf('/', 1);
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(rawPath.substring(1, end < 0 ? rawPath.length() : end))
                .filter(systems::contains);
    }

    Optional<Upstream> to(String system) {
        return Optional.ofNullable(configured.get(system));
    }
}
