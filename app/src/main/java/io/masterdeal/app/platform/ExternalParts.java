package io.masterdeal.app.platform;

import io.masterdeal.local.Part;
import io.masterdeal.local.PostgresLogin;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's own infrastructure. A part that is null is started on this machine.
 *
 * @param kafka {@code host:port}, several separated by commas
 * @param kafkaClient properties every Kafka client gets
 * @param postgres JDBC URL
 * @param postgresUser the login of roles without one of their own
 * @param postgresPassword its password
 * @param registry URL of an API like Confluent's
 * @param postgresLogins logins of single roles
 */
public record ExternalParts(
        @Nullable String kafka,
        Map<String, String> kafkaClient,
        @Nullable String postgres,
        @Nullable String postgresUser,
        @Nullable String postgresPassword,
        @Nullable String registry,
        Map<Role, PostgresLogin> postgresLogins) {

    /** No part: everything is started on this machine. */
    public static final ExternalParts NONE = new ExternalParts(null, Map.of(), null, null, null, null);

    /** With one login for all roles. */
    public ExternalParts(
            @Nullable String kafka,
            Map<String, String> kafkaClient,
            @Nullable String postgres,
            @Nullable String postgresUser,
            @Nullable String postgresPassword,
            @Nullable String registry) {
        this(kafka, kafkaClient, postgres, postgresUser, postgresPassword, registry, Map.of());
    }

    /** The login of a role in {@link #postgres}. */
    PostgresLogin login(Role role) {
        PostgresLogin own = postgresLogins.get(role);
        return own != null
                ? own
                : new PostgresLogin(
                        Objects.requireNonNullElse(postgresUser, ""), Objects.requireNonNullElse(postgresPassword, ""));
    }

    /** What has to be started on this machine. */
    Set<Part> missing() {
        Set<Part> missing = EnumSet.noneOf(Part.class);
        if (kafka == null) {
            missing.add(Part.KAFKA);
        }
        if (postgres == null) {
            missing.add(Part.POSTGRESQL);
        }
        if (registry == null) {
            missing.add(Part.REGISTRY);
        }
        return missing;
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "kafka " + kafka + ", postgres " + postgres + ", registry " + registry;
    }
}
