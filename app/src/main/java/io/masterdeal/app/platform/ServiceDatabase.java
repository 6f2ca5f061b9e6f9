package io.masterdeal.app.platform;

import io.masterdeal.local.LocalAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/** Gives the service a login of its own in the local PostgreSQL, with the rights it needs and no others. */
final class ServiceDatabase {

    static final String LOGIN = "masterdeal_service";

    private ServiceDatabase() {}

    /** Makes the login if it is not there; returns its password, which lies in a file for its owner alone. */
    static String prepare(LocalAddresses local, Path data) throws IOException, SQLException {
        String password = password(data.resolve("secrets").resolve("postgresql-service.password"));
        try (Connection connection =
                        DriverManager.getConnection(local.jdbcUrl(), local.postgresUser(), local.postgresPassword());
                Statement statement = connection.createStatement()) {
            boolean there;
            try (var row = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + LOGIN + "'")) {
                there = row.next();
            }
            // The password is made of letters, digits, '-' and '_', so it needs no quoting.
            statement.execute(
                    (there ? "ALTER" : "CREATE") + " ROLE " + LOGIN + " LOGIN REPLICATION PASSWORD '" + password + "'");
            statement.execute("GRANT CONNECT, CREATE ON DATABASE masterdeal TO " + LOGIN);
        }
        return password;
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return Files.readString(file).strip();
    }
}
