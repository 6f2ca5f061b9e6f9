package io.masterdeal.app.platform;

import io.masterdeal.gateway.GatewayRole;
import io.masterdeal.router.RouterRole;
import io.masterdeal.sandbox.SandboxRole;
import io.masterdeal.service.ServiceRole;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a process may do. */
public enum Role {
    /** Keeps facts, computes deals, answers for them. */
    SERVICE(ServiceRole.class),
    /** Takes events in by HTTP, and carries calls between the systems. */
    GATEWAY(GatewayRole.class),
    /** Delivers events to those who subscribed to them, and knows what became of each. */
    ROUTER(RouterRole.class),
    /** Six simulated domain systems, for the demo. */
    SANDBOX(SandboxRole.class);

    /** What a platform does that serves somebody: everything but the simulation. */
    public static final Set<Role> ALL = Collections.unmodifiableSet(EnumSet.of(SERVICE, GATEWAY, ROUTER));

    private final Class<?> context;

    Role(Class<?> context) {
        this.context = context;
    }

    Class<?> context() {
        return context;
    }

    /** The name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a list of roles.
     *
     * @param text names separated by commas; {@code all} is every one but the sandbox
     * @throws IllegalArgumentException if there is no such role
     */
    public static Set<Role> parse(String text) {
        if (text.equals("all")) {
            return EnumSet.copyOf(ALL);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : text.split(",", -1)) {
            roles.add(Arrays.stream(values())
                    .filter(role -> role.text().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no role '" + name + "'; there are: all, "
                            + Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", ")))));
        }
        return roles;
    }
}
