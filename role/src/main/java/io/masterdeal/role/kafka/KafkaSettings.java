package io.masterdeal.role.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is ({@code masterdeal.kafka.*}).
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param client properties every client gets, above all those of security ({@code masterdeal.kafka.client.*})
 * @param group the consumer group of the role; null for its default
 * @param propertiesFile Java properties for every client, readable by its owner only; {@code client} counts more. Null if there are none
 */
public record KafkaSettings(
        String bootstrapServers,
        Map<String, String> client,
        @Nullable String group,
        @Nullable Path propertiesFile) {

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /** Takes them as Spring Boot has read them. */
    @ConstructorBinding
    public KafkaSettings(
            String bootstrapServers,
            @DefaultValue Map<String, String> client,
            @Nullable String group,
            @Nullable Path propertiesFile) {
        this.bootstrapServers = bootstrapServers;
        this.client = Map.copyOf(client);
        this.group = group;
        this.propertiesFile = propertiesFile;
    }

    /** Settings without a file of properties. */
    public KafkaSettings(String bootstrapServers, Map<String, String> client, @Nullable String group) {
        this(bootstrapServers, client, group, null);
    }

    /**
     * What every client is told.
     *
     * @throws IllegalStateException if the file of properties cannot be read, or by others too
     */
    public Map<String, Object> common() {
        return new HashMap<>(texts());
    }

    /**
     * The same as texts, for a library that creates its own clients.
     *
     * @throws IllegalStateException if the file of properties cannot be read, or by others too
     */
    public Map<String, String> texts() {
        Map<String, String> properties = new HashMap<>();
        if (propertiesFile != null) {
            read(propertiesFile).forEach((name, value) -> properties.put(String.valueOf(name), String.valueOf(value)));
        }
        properties.putAll(client);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
                throw new IllegalStateException("masterdeal.kafka.properties-file: " + file
                        + " can be read or changed by others than its owner; it may hold passwords: \"chmod 600 " + file
                        + "\"");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        } catch (IOException e) {
            throw new IllegalStateException("masterdeal.kafka.properties-file: " + file + " cannot be read: " + e, e);
        }
        return properties;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return bootstrapServers;
    }
}
