package io.masterdeal.app.platform;

import io.masterdeal.contracts.catalog.EventCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How the roles of one process find each other: each has to know the address of another one that may start after it, so
 * the ports are chosen before anything starts.
 */
final class Neighbours {

    /** The name under which the service calls others. */
    static final String SERVICE = "masterdeal";

    /** The name under which the gateway calls what stands behind its routes. */
    static final String GATEWAY = "gateway";

    /** Below the ports that systems give to outgoing connections, so none of those takes a port that was chosen. */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 32_000;

    private static final int MOST_TRIES = 1000;

    private final PlatformOptions options;

    private final Map<Role, Integer> ports = new EnumMap<>(Role.class);

    Neighbours(PlatformOptions options) {
        this.options = options;
        for (Role role : options.roles()) {
            int wanted = options.ports().getOrDefault(role, 0);
            ports.put(role, wanted == 0 ? freePort() : wanted);
        }
    }

    int port(Role role) {
        return ports.getOrDefault(role, 0);
    }

    /** What each role is told of the others, as far as they run here. */
    Map<String, Object> settings(Path keys) {
        Map<String, Object> settings = new HashMap<>();
        if (options.roles().contains(Role.GATEWAY)) {
            settings.put("masterdeal.gateway.url", loopback(port(Role.GATEWAY)).toString());
        }
        if (options.roles().contains(Role.SERVICE)) {
            route(settings, SERVICE, Role.SERVICE, keys);
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
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PlatformException("no free port was found between " + LOWEST_PORT + " and " + HIGHEST_PORT);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
