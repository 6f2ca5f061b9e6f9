package io.masterdeal.app.platform;

import io.masterdeal.local.DatabaseRole;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.PostgresLogin;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where each role finds its schema in PostgreSQL, and with which login. */
final class RoleDatabases {

    private final PlatformOptions options;

    RoleDatabases(PlatformOptions options) {
        this.options = options;
    }

    /** Whether a role of this process has a schema. */
    boolean areNeeded() {
        return options.roles().stream().anyMatch(Role::hasDatabase);
    }

    /** Every role with a schema, also those of other processes: they may use the PostgreSQL that is started here. */
    Set<DatabaseRole> all() {
        return Arrays.stream(Role.values())
                .flatMap(role -> Stream.ofNullable(role.schemaSetting()).map(setting -> wanted(role, setting)))
                .collect(Collectors.toSet());
    }

    private DatabaseRole wanted(Role role, String setting) {
        return new DatabaseRole(role.text(), options.settings().getOrDefault(setting, role.text()), role.replicates());
    }

    /**
     * What a role is told.
     *
     * @param local what was started here; null if nothing was
     * @return no settings if it has no schema
     */
    Map<String, Object> settings(Role role, @Nullable LocalInfrastructure local) {
        if (!role.hasDatabase()) {
            return Map.of();
        }
        String url = options.external().postgres();
        PostgresLogin login;
        if (url == null) {
            LocalInfrastructure here = Objects.requireNonNull(local);
            url = here.addresses().jdbcUrl();
            login = here.login(role.text());
        } else {
            login = options.external().login(role);
        }
        return Map.of(
                "spring.datasource.url", url,
                "spring.datasource.username", login.name(),
                "spring.datasource.password", login.password());
    }
}
