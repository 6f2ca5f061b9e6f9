package io.masterdeal.gateway.proxy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which routes there are.
 *
 * @param systems all that there may be a route to; their paths are the routes' alone
 * @param configured those there is one to, by name
 */
record Upstreams(Set<String> systems, Map<String, Upstream> configured) {
    /**
     * The system whose path this is.
     *
     * @param rawPath path of a request, percent-encoded as it came
     * @return its name; empty if the path is none of the routes' business
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
