package io.masterdeal.benchmarks.platform;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.testbed.servers.TestServers;

/** Gives a benchmark that is only tried servers that run already, to one platform after the other. */
public final class BorrowedServers implements PlatformServers.Source {

    @Override
    public PlatformServers get() {
        LocalAddresses emptied = TestServers.get().empty();
        return new PlatformServers() {
            @Override
            public LocalAddresses addresses() {
                return emptied;
            }

            @Override
            public void close() {
                // The next platform empties them.
            }
        };
    }
}
