package io.masterdeal.crash.platform;

/** The platform's PostgreSQL. */
public interface PlatformDatabase extends AutoCloseable {

    /** JDBC URL of the database {@code masterdeal}. */
    String jdbcUrl();

    /** The login of the service. */
    String user();

    /** Its password. */
    String password();

    /** Stops it for good. */
    @Override
    void close();
}
