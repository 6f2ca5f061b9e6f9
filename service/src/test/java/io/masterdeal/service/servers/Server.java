package io.masterdeal.service.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One real server, which a test may stop and start again: it comes back at the same address, with its data. */
public final class Server {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final LocalOptions options;

    private final LocalAddresses addresses;

    private @Nullable LocalInfrastructure running;

    private Server(LocalOptions options) {
        this.options = options;
        this.running = LocalInfrastructure.start(options);
        this.addresses = running.addresses();
    }

    static Server start(Part part, Path data) throws IOException {
        LocalOptions options = LocalOptions.in(data).withParts(Set.of(part)).withProgress(line -> log.info("{}", line));
        return new Server(
                switch (part) {
                    case KAFKA -> options.withKafkaPort(Ports.free());
                    case POSTGRESQL -> options.withPostgresPort(Ports.free());
                    case REGISTRY -> options;
                });
    }

    /** Where it is, running or not. */
    public LocalAddresses addresses() {
        return addresses;
    }

    /** Where its data and secrets lie. */
    Path data() {
        return options.dataDirectory();
    }

    /** Starts it again, if it is stopped. */
    public synchronized void start() {
        if (running == null) {
            running = LocalInfrastructure.start(options);
        }
    }

    /** Stops it, if it runs. */
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
