package io.masterdeal.app.platform;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The addresses of the roles of one process. A role may have to know the address of one that starts after it, so the ports
 * are chosen before anything starts.
 */
final class RoleAddresses {

    /** The principal of the service when it calls other systems. */
    static final String SERVICE = "masterdeal";

    /** The principal of the gateway when it calls the systems behind its routes. */
    static final String GATEWAY = "gateway";

    private final PlatformOptions options;

    private final Map<Role, Integer> ports = new EnumMap<>(Role.class);

    RoleAddresses(PlatformOptions options) {
        this.options = options;
        for (Role role : options.roles()) {
            int wanted = options.ports().getOrDefault(role, 0);
            ports.put(role, wanted == 0 ? freePort() : wanted);
        }
    }

    int port(Role role) {
        return ports.getOrDefault(role, 0);
    }

    /** The settings that tell each role the addresses of the others that run here. */
    Map<String, Object> settings(Path keys) {
        Map<String, Object> settings = new HashMap<>();
        if (options.roles().contains(Role.GATEWAY)) {
            settings.put("masterdeal.gateway.url", loopback(port(Role.GATEWAY)).toString());
        }
        if (options.roles().contains(Role.SERVICE)) {
            settings.put("masterdeal.service.url", loopback(port(Role.SERVICE)).toString());
            route(settings, SERVICE, Role.SERVICE, keys);
        }
        if (options.roles().contains(Role.ROUTER)) {
            settings.put("masterdeal.router.url", loopback(port(Role.ROUTER)).toString());
        }
        if (options.roles().contains(Role.SANDBOX)) {
            EventCatalog.bundled().domains().forEach(domain -> route(settings, domain, Role.SANDBOX, keys));
        }
        return settings;
    }

    private void route(Map<String, Object> settings, String name, Role to, Path keys) {
        settings.put("masterdeal.routes." + name + ".url", loopback(port(to)).toString());
        settings.put(
                "masterdeal.routes." + name + ".key-file",
                keys.resolve(GATEWAY + ".key").toString());
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() {
        try {
            return Ports.free();
        } catch (IOException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        }
    }
}
