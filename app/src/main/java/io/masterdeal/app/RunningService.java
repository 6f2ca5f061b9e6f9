package io.masterdeal.app;

import io.masterdeal.app.client.ServiceClient;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.contracts.access.ApiKeys;
import java.nio.file.Path;

/** The service of a running platform. */
final class RunningService {
    private RunningService() {}

    /**
     * Finds it.
     *
     * @param data the platform's data directory
     * @param principal whose key is used
     * @throws PlatformException if no platform runs there, or not its service
     */
    static ServiceClient of(Path data, String principal) {
        PlatformAddresses running = PlatformAddresses.read(data);
        if (running.service() == null) {
            throw new PlatformException("the platform with data directory " + data + " does not run the service");
        }
        return new ServiceClient(running.service(), ApiKeys.read(running.apiKeys(), principal));
    }
}
