package io.masterdeal.role.context;

import io.masterdeal.role.database.UuidArray;
import io.masterdeal.role.settings.Defaults;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** How a role with {@link WithDatabase} uses PostgreSQL. */
final class DatabaseDefaults implements ImportSelector {

    /** PostgreSQL is not told that a process's machine is gone, and would keep the rows that it had locked. */
    private static final String SESSION =
            "SET idle_in_transaction_session_timeout = '60s'; SET tcp_keepalives_idle = 30;"
                    + " SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";

    private final Environment environment;

    DatabaseDefaults(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        String role = RoleDescription.of(importing).name();
        MergedAnnotation<WithDatabase> said = importing.getAnnotations().get(WithDatabase.class);
        String schema = "${masterdeal." + role + ".schema:" + role + "}";
        String migrations = Arrays.stream(said.getStringArray("migrations"))
                .map(folder -> "classpath:" + folder)
                .collect(Collectors.joining(","));
        Defaults.add(
                environment,
                "databaseDefaults",
                Map.of(
                        "spring.flyway.locations", migrations,
                        "spring.flyway.default-schema", schema,
                        "spring.flyway.schemas", schema,
                        "spring.datasource.hikari.schema", schema,
                        "spring.datasource.hikari.pool-name", role,
                        "spring.datasource.hikari.maximum-pool-size", Integer.toString(said.getInt("connections")),
                        "spring.datasource.hikari.connection-init-sql", SESSION,
                        "spring.datasource.hikari.data-source-properties.tcpKeepAlive", "true",
                        "spring.datasource.hikari.data-source-properties.binaryTransferEnable", UuidArray.BINARY));
        return new String[0];
    }
}
