package io.masterdeal.local;

/**
 * Asks for a login of a role's own in PostgreSQL: it owns one schema, and may do nothing in those of others.
 *
 * @param name of the role; the login is {@code masterdeal_} and this
 * @param schema which it owns; created if absent, and handed over to it if another login owns what is in it
 * @param replicates whether it reads the write-ahead log: then it may replicate, and create publications
 */
public record DatabaseRole(String name, String schema, boolean replicates) {

    /**
     * Checks the names, which are part of statements.
     *
     * @throws IllegalArgumentException if one has other characters than lower-case letters, digits and {@code _}
     */
    public DatabaseRole {
        check(name);
        check(schema);
    }

    private static void check(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,50}")) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name for a role or schema here: use lower-case letters, digits and _, a letter first");
        }
    }

    /** The name of the login. */
    String login() {
        return PostgresAccounts.MASTERDEAL + "_" + name;
    }

    /** The name of the file with its password. */
    String secret() {
        return "postgresql-" + name + ".password";
    }
}
