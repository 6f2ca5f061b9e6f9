package io.masterdeal.benchmarks.platform;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** The servers of one platform, empty at first. */
public interface PlatformServers extends AutoCloseable {

    /** Gives servers in place of those that are started for a measurement: tests that only try a benchmark have some that run. */
    interface Source {

        /** Gives empty servers. */
        PlatformServers get();
    }

    /** Where they are. */
    LocalAddresses addresses();

    @Override
    void close();

    /**
     * Starts servers for a measurement, unless there is another source.
     *
     * @param data where their data lies
     */
    static PlatformServers start(Path data) {
        return ServiceLoader.load(Source.class)
                .findFirst()
                .map(Source::get)
                .orElseGet(() -> own(LocalInfrastructure.start(LocalOptions.in(data))));
    }

    private static PlatformServers own(LocalInfrastructure started) {
        return new PlatformServers() {
            @Override
            public LocalAddresses addresses() {
                return started.addresses();
            }

            @Override
            public void close() {
                started.close();
            }
        };
    }
}
