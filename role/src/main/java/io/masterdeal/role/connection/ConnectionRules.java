package io.masterdeal.role.connection;

import java.time.Duration;

/**
 * What connections may do.
 *
 * @param most connections at once
 * @param perAddress connections of one address at once
 * @param header how long one may take from its first byte, or from its beginning, until a request's headers are whole
 * @param idle how long one may rest between two requests
 */
public record ConnectionRules(int most, int perAddress, Duration header, Duration idle) {
    /** Checks them. */
    public ConnectionRules {
        if (perAddress < 1 || most < perAddress) {
            throw new IllegalArgumentException("an address may have 1 to " + most + " connections, not " + perAddress);
        }
        if (!header.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("headers and rests between requests need some time");
        }
    }
}
