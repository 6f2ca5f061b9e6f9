package io.masterdeal.crash.stand;

/** The platform's PostgreSQL. */
public interface Database extends AutoCloseable {

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
