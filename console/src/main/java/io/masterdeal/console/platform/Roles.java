package io.masterdeal.console.platform;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other roles over HTTP with the console's key. Never throws because a role is away: pages show what the others answered, and say
 * who did not. Thread-safe.
 */
public final class Roles implements AutoCloseable {
    /** How long a page waits for a role. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable RoleCalls service;
    private final @Nullable RoleCalls router;

    /**
     * @param service base address of the service; null if there is none
     * @param router base address of the router; null if there is none
     * @param key of the principal {@code console}
     */
    public Roles(@Nullable URI service, @Nullable URI router, String key) {
        this.service = service == null ? null : new RoleCalls(RoleName.SERVICE, service, key);
        this.router = router == null ? null : new RoleCalls(RoleName.ROUTER, router, key);
    }

    private @Nullable RoleCalls calls(RoleName role) {
        return role == RoleName.SERVICE ? service : router;
    }

    /**
     * Reads something.
     *
     * @param path with its query, as that role's API has it
     */
    public RoleAnswer get(RoleName role, String path) {
        return send(role, new RoleRequest("GET", path, null, null, PATIENCE));
    }

    /**
     * Changes something for a person, whose name the role records.
     *
     * @param method such as POST
     * @param path with its query
     * @param body JSON; null for none
     * @param person who wants it
     */
    public RoleAnswer change(RoleName role, String method, String path, @Nullable String body, String person) {
        return send(role, new RoleRequest(method, path, body, person, Duration.ofSeconds(60)));
    }

    /** Sends any request. */
    public RoleAnswer send(RoleName role, RoleRequest request) {
        RoleCalls calls = calls(role);
        return calls == null
                ? RoleCalls.away(role + " has no address here: set masterdeal." + role.text() + ".url")
                : calls.send(request);
    }

    /** Whether a role has an address. */
    public boolean knows(RoleName role) {
        return calls(role) != null;
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        if (router != null) {
            router.close();
        }
    }
}
