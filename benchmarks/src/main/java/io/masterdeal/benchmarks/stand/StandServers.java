package io.masterdeal.benchmarks.stand;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** The servers of one stand, empty at first. */
public interface StandServers extends AutoCloseable {

    /** Where they come from, if not from a start for this measurement: tests that try a benchmark have some that run. */
    interface Source {

        /** Gives servers in which nothing lies. */
        StandServers get();
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
    static StandServers start(Path data) {
        return ServiceLoader.load(Source.class)
                .findFirst()
                .map(Source::get)
                .orElseGet(() -> own(LocalInfrastructure.start(LocalOptions.in(data))));
    }

    private static StandServers own(LocalInfrastructure started) {
        return new StandServers() {
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
