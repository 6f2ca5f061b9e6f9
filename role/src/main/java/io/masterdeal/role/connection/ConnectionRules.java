package io.masterdeal.role.connection;

import java.time.Duration;

/**
 * Limits of connections.
 *
 * @param most the most connections at once
 * @param perAddress the most connections of one address at once
 * @param header how long the headers of a request may take, from the first byte or from the opening of the connection
 * @param idle how long a connection may stay idle between two requests
 */
public record ConnectionRules(int most, int perAddress, Duration header, Duration idle) {
    /** Checks the limits. */
    public ConnectionRules {
        if (perAddress < 1 || most < perAddress) {
            throw new IllegalArgumentException("an address may have 1 to " + most + " connections, not " + perAddress);
        }
        if (!header.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("the time limits for headers and idle connections must be positive");
        }
    }
}
