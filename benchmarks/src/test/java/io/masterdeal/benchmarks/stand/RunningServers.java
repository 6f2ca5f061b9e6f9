package io.masterdeal.benchmarks.stand;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;

/** A benchmark that is only tried gets servers that run already: one stand after the other. */
public final class RunningServers implements StandServers.Source {

    @Override
    public StandServers get() {
        LocalAddresses emptied = TestServers.get().empty();
        return new StandServers() {
            @Override
            public LocalAddresses addresses() {
                return emptied;
            }

            @Override
            public void close() {
                // The next stand empties them.
            }
        };
    }
}
