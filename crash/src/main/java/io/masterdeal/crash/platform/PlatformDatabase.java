package io.masterdeal.crash.platform;

import io.masterdeal.processes.DatabaseLogin;

/** The platform's PostgreSQL. */
public interface PlatformDatabase extends AutoCloseable {

    /** How the roles reach it; the same over all its starts. */
    DatabaseLogin login();

    /** Stops it for good. */
    @Override
    void close();
}
