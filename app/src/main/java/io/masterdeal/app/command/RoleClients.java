package io.masterdeal.app.command;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.nio.file.Path;

/** Clients of the roles of a running platform. */
final class RoleClients {
    private RoleClients() {}

    /**
     * A client of the service.
     *
     * @param data the platform's data directory
     * @param principal whose key is used
     * @throws PlatformException if no platform runs there, or not its service
     */
    static PlatformClient service(Path data, String principal) {
        PlatformAddresses running = PlatformAddresses.read(data);
        if (running.service() == null) {
            throw new PlatformException("the platform with data directory " + data + " does not run the service");
        }
        return new PlatformClient(running.service(), ApiKeys.read(running.apiKeys(), principal));
    }

    /**
     * A client of the event router.
     *
     * @param data the platform's data directory
     * @param principal whose key is used
     * @throws PlatformException if no platform runs there, or not its router
     */
    static PlatformClient router(Path data, String principal) {
        PlatformAddresses running = PlatformAddresses.read(data);
        if (running.router() == null) {
            throw new PlatformException("the platform with data directory " + data + " does not run the router");
        }
        return new PlatformClient("router", running.router(), ApiKeys.read(running.apiKeys(), principal));
    }
}
