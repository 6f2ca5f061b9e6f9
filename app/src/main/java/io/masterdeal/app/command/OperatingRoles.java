package io.masterdeal.app.command;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.client.PlatformClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The roles of a running platform in which operators do something. */
final class OperatingRoles {
    private OperatingRoles() {}

    /**
     * Clients of the roles that run, by the name of the role.
     *
     * @param data the platform's data directory
     * @param principal whose key is used
     * @throws PlatformException if no platform runs there, or neither its service nor its router
     */
    static Map<String, PlatformClient> of(Path data, String principal) {
        PlatformAddresses running = PlatformAddresses.read(data);
        Map<String, PlatformClient> clients = new LinkedHashMap<>();
        if (running.router() != null) {
            clients.put("router", RoleClients.router(data, principal));
        }
        if (running.service() != null) {
            clients.put("service", RoleClients.service(data, principal));
        }
        if (clients.isEmpty()) {
            throw new PlatformException(
                    "the platform with data directory " + data + " runs neither the service nor the router");
        }
        return clients;
    }
}
