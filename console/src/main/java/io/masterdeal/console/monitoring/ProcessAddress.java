package io.masterdeal.console.monitoring;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * A process that is watched.
 *
 * @param role gateway, service or router
 * @param address base address of its HTTP port
 */
public record ProcessAddress(String role, URI address) {
    /** The role that takes events from outside. */
    public static final String GATEWAY = "gateway";

    /** The role that knows where deals stand. */
    public static final String SERVICE = "service";

    /** The role that delivers events. */
    public static final String ROUTER = "router";

    static final String SETTING = "masterdeal.console.watch.processes";

    private static final Set<String> ROLES = Set.of(GATEWAY, SERVICE, ROUTER);

    /**
     * The processes to watch: those of the setting, such as {@code service=http://a:8081,service=http://b:8081}; without it the ones whose
     * addresses are set anyway.
     *
     * @throws IllegalArgumentException if the setting names no role or no address
     */
    static List<ProcessAddress> read(Environment environment) {
        String text = environment.getProperty(SETTING, "");
        List<ProcessAddress> processes = new ArrayList<>();
        if (text.isBlank()) {
            for (String role : List.of(GATEWAY, SERVICE, ROUTER)) {
                String address = environment.getProperty("masterdeal." + role + ".url", "");
                if (!address.isEmpty()) {
                    processes.add(new ProcessAddress(role, URI.create(address)));
                }
            }
            return processes;
        }
        for (String entry : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            String role = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException(
                        SETTING + ": '" + entry + "' is not ROLE=URL with the role gateway, service or router");
            }
            processes.add(new ProcessAddress(
                    role, URI.create(entry.substring(equals + 1).strip())));
        }
        return processes;
    }

    /** Host and port, by which people tell processes of a role apart. */
    public String host() {
        return address.getAuthority() == null ? address.toString() : address.getAuthority();
    }
}
