package io.masterdeal.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What to start, where its data lies and on which ports it listens.
 *
 * @param dataDirectory where all data, passwords and logs are kept between runs; created if absent
 * @param kafkaPort TCP port of the broker on 127.0.0.1; 0 takes a free one at every start
 * @param postgresPort TCP port of PostgreSQL on 127.0.0.1; 0 takes a free one at every start
 * @param registryPort TCP port of the registry on 127.0.0.1; 0 takes a free one at every start
 * @param parts what to start, at least one; with {@link Part#REGISTRY} comes {@link Part#POSTGRESQL}, which it needs
 * @param databaseRoles the roles that get a login of their own in PostgreSQL; if there are none, one login may do everything, for tests
 * @param progress receives one-line messages, possibly from several threads at once; must not throw
 */
public record LocalOptions(
        Path dataDirectory,
        int kafkaPort,
        int postgresPort,
        int registryPort,
        Set<Part> parts,
        Set<DatabaseRole> databaseRoles,
        Consumer<String> progress) {

    /**
     * Checks the ports and completes the parts.
     *
     * @throws IllegalArgumentException if a port is not within 0 to 65535, or no part is named
     */
    public LocalOptions {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        checkPort(Part.KAFKA, kafkaPort);
        checkPort(Part.POSTGRESQL, postgresPort);
        checkPort(Part.REGISTRY, registryPort);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no part to start: name at least one of KAFKA, POSTGRESQL, REGISTRY");
        }
        EnumSet<Part> complete = EnumSet.copyOf(parts);
        if (complete.contains(Part.REGISTRY)) {
            complete.add(Part.POSTGRESQL);
        }
        parts = Set.copyOf(complete);
        databaseRoles = Set.copyOf(databaseRoles);
    }

    /**
     * All parts, on free ports, silently.
     *
     * @param dataDirectory where all data is kept between runs
     * @return the options
     */
    public static LocalOptions in(Path dataDirectory) {
        return new LocalOptions(dataDirectory, 0, 0, 0, EnumSet.allOf(Part.class), Set.of(), message -> {});
    }

    /**
     * The same with another port for the broker.
     *
     * @param port TCP port, 0 for a free one
     * @return the changed copy
     */
    public LocalOptions withKafkaPort(int port) {
        return new LocalOptions(dataDirectory, port, postgresPort, registryPort, parts, databaseRoles, progress);
    }

    /**
     * The same with another port for PostgreSQL.
     *
     * @param port TCP port, 0 for a free one
     * @return the changed copy
     */
    public LocalOptions withPostgresPort(int port) {
        return new LocalOptions(dataDirectory, kafkaPort, port, registryPort, parts, databaseRoles, progress);
    }

    /**
     * The same with another port for the registry.
     *
     * @param port TCP port, 0 for a free one
     * @return the changed copy
     */
    public LocalOptions withRegistryPort(int port) {
        return new LocalOptions(dataDirectory, kafkaPort, postgresPort, port, parts, databaseRoles, progress);
    }

    /**
     * The same with other parts.
     *
     * @param wanted what to start
     * @return the changed copy
     */
    public LocalOptions withParts(Set<Part> wanted) {
        return new LocalOptions(dataDirectory, kafkaPort, postgresPort, registryPort, wanted, databaseRoles, progress);
    }

    /**
     * The same with logins for roles, instead of one login that may do everything.
     *
     * @param roles each gets one
     * @return the changed copy
     */
    public LocalOptions withDatabaseRoles(Set<DatabaseRole> roles) {
        return new LocalOptions(dataDirectory, kafkaPort, postgresPort, registryPort, parts, roles, progress);
    }

    /**
     * The same with another receiver of progress messages.
     *
     * @param receiver receives one-line messages
     * @return the changed copy
     */
    public LocalOptions withProgress(Consumer<String> receiver) {
        return new LocalOptions(dataDirectory, kafkaPort, postgresPort, registryPort, parts, databaseRoles, receiver);
    }

    /** The port the user asked for, 0 for any free one. */
    int port(Part part) {
        return switch (part) {
            case KAFKA -> kafkaPort;
            case POSTGRESQL -> postgresPort;
            case REGISTRY -> registryPort;
        };
    }

    private static void checkPort(Part part, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " for " + part.title()
                    + " is not a TCP port: give 1 to 65535, or 0 for a free one");
        }
    }
}
