package io.masterdeal.processes;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.local.LocalAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all processes of one platform share: its servers, which run already, the keys of its callers, and a directory for files.
 */
public final class ProcessPlatform {

    private static final List<String> CALLERS = List.of("reader", "operator", "console", "masterdeal", "gateway");

    private final Path directory;

    private final LocalAddresses kafka;

    private final URI registry;

    private final DatabaseLogin database;

    private ProcessPlatform(Path directory, LocalAddresses kafka, URI registry, DatabaseLogin database) {
        this.directory = directory;
        this.kafka = kafka;
        this.registry = registry;
        this.database = database;
    }

    /**
     * Generates the keys of every domain and of all other callers.
     *
     * @param directory for files of the platform, empty at first
     * @param kafka servers among which Kafka is
     * @param registry URL of the schema registry
     */
    public static ProcessPlatform create(Path directory, LocalAddresses kafka, URI registry, DatabaseLogin database)
            throws IOException {
        ProcessPlatform platform = new ProcessPlatform(directory, kafka, registry, database);
        List<String> principals = new ArrayList<>(EventCatalog.bundled().domains());
        principals.addAll(CALLERS);
        ApiKeys.generate(platform.keys(), principals);
        return platform;
    }

    /** Where its files lie. */
    public Path directory() {
        return directory;
    }

    /** The directory of the callers' keys. */
    public Path keys() {
        return directory.resolve("api-keys");
    }

    /**
     * The key of a caller.
     *
     * @param principal a domain, {@code reader}, {@code operator}, {@code masterdeal} or {@code gateway}
     */
    public String key(String principal) {
        return ApiKeys.read(keys(), principal);
    }

    /** Host and port of the broker. */
    public String bootstrapServers() {
        return kafka.kafkaBootstrapServers();
    }

    /** What a Kafka client needs besides the address, its password among it. */
    public Map<String, String> kafkaClientSettings() {
        return kafka.kafkaClientProperties();
    }

    /** Everything a Kafka client needs; a new map. */
    public Map<String, Object> kafkaClient() {
        Map<String, Object> client = new HashMap<>(kafka.kafkaClientProperties());
        client.put("bootstrap.servers", kafka.kafkaBootstrapServers());
        return client;
    }

    /** Where the registry is. */
    public URI registry() {
        return registry;
    }

    /** How to reach PostgreSQL. */
    public DatabaseLogin database() {
        return database;
    }

    /** The settings of a role that reads or writes events; a new map. */
    public Map<String, String> roleSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("masterdeal.kafka.bootstrap-servers", bootstrapServers());
        kafkaClientSettings().forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put("masterdeal.registry.url", registry.toString());
        settings.put("masterdeal.api-keys", keys().toString());
        return settings;
    }

    /** The settings of a role that has a database besides; a new map. */
    public Map<String, String> databaseRoleSettings() {
        Map<String, String> settings = roleSettings();
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        return settings;
    }
}
