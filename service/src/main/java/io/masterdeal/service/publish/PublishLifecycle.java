package io.masterdeal.service.publish;

import java.sql.SQLException;

/** Starts and stops what this package does. */
public final class PublishLifecycle {

    private final RelaySlot slot;

    private final Relay relay;

    PublishLifecycle(RelaySlot slot, Relay relay) {
        this.slot = slot;
        this.relay = relay;
    }

    /**
     * Begins to relay. Returns as soon as it is certain that everything that is committed from now on will be relayed, so that
     * the intake may start.
     *
     * @throws IllegalStateException if PostgreSQL refuses what the relay needs
     */
    public void start() {
        try {
            slot.ensure();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "PostgreSQL refuses the relay: " + e.getMessage()
                            + ". It needs wal_level=logical and a login with REPLICATION that may create a publication.",
                    e);
        }
        relay.start();
    }

    /** Stops relaying. */
    public void stop() throws InterruptedException {
        relay.stop();
    }
}
