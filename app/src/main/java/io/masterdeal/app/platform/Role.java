package io.masterdeal.app.platform;

import io.masterdeal.console.ConsoleRole;
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
import org.jspecify.annotations.Nullable;

/** The roles of a process. */
public enum Role {
    /** Keeps facts, computes deals, answers requests about them. */
    SERVICE(ServiceRole.class, "masterdeal.schema", true),
    /** Takes events in over HTTP, and passes calls between the systems on. */
    GATEWAY(GatewayRole.class),
    /** Delivers events to subscribers, and keeps a ledger of all deliveries. */
    ROUTER(RouterRole.class, "masterdeal.router.schema", false),
    /** Pages for people: where deals stand, monitoring, alerts. */
    CONSOLE(ConsoleRole.class, "masterdeal.console.schema", false),
    /** Six simulated domain systems, for the demo. */
    SANDBOX(SandboxRole.class);

    /** All roles of a real platform: all except the simulation. */
    public static final Set<Role> ALL = Collections.unmodifiableSet(EnumSet.of(SERVICE, GATEWAY, ROUTER, CONSOLE));

    /** The roles that take events in, compute deals and deliver: all that is needed without pages for people. */
    public static final Set<Role> WITHOUT_PAGES = Collections.unmodifiableSet(EnumSet.of(SERVICE, GATEWAY, ROUTER));

    private final Class<?> context;

    private final @Nullable String schemaSetting;

    private final boolean replicates;

    /** A role without a schema in PostgreSQL. */
    Role(Class<?> context) {
        this(context, null, false);
    }

    Role(Class<?> context, @Nullable String schemaSetting, boolean replicates) {
        this.context = context;
        this.schemaSetting = schemaSetting;
        this.replicates = replicates;
    }

    /** Whether it has a schema in PostgreSQL. */
    public boolean hasDatabase() {
        return schemaSetting != null;
    }

    /** The setting with the name of its schema, which otherwise has the name of the role; null if it has no schema. */
    @Nullable
    String schemaSetting() {
        return schemaSetting;
    }

    /** Whether it reads PostgreSQL's write-ahead log. */
    boolean replicates() {
        return replicates;
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
     * @param text names separated by commas; {@code all} is every role except the sandbox
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
