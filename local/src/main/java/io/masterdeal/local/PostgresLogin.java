package io.masterdeal.local;

/**
 * A login of PostgreSQL.
 *
 * @param name the login
 * @param password its password; secret
 */
public record PostgresLogin(String name, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return name;
    }
}
