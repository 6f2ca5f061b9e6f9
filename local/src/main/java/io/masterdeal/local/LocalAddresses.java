package io.masterdeal.local;

import java.net.URI;
import java.util.Map;

/**
 * How to reach what was started. Of a part that was not started, its addresses and secrets are empty (the registry's URI too).
 *
 * @param kafkaBootstrapServers host and port of the broker
 * @param kafkaClientProperties the other properties that every Kafka client needs, including the generated password; secret
 * @param jdbcUrl JDBC URL of the database {@code masterdeal}, without user and password
 * @param postgresUser the login that owns it. If roles have logins of their own it is for people: it can read everything, and change nothing
 *     of theirs. Otherwise it may do what any role needs: replicate, and create roles and databases. It is never a superuser
 * @param postgresPassword that login's generated password; secret
 * @param registryUrl base of the Confluent-compatible API, ends with {@code /apis/ccompat/v7}
 * @param pids process ids by part: {@code kafka}, {@code postgresql}, {@code registry}
 */
public record LocalAddresses(
        String kafkaBootstrapServers,
        Map<String, String> kafkaClientProperties,
        String jdbcUrl,
        String postgresUser,
        String postgresPassword,
        URI registryUrl,
        Map<String, Long> pids) {

    /** Copies the maps. */
    public LocalAddresses {
        kafkaClientProperties = Map.copyOf(kafkaClientProperties);
        pids = Map.copyOf(pids);
    }

    /** The addresses without the secrets. */
    @Override
    public String toString() {
        return "LocalAddresses[kafkaBootstrapServers=" + kafkaBootstrapServers + ", jdbcUrl=" + jdbcUrl
                + ", postgresUser=" + postgresUser + ", registryUrl=" + registryUrl + ", pids=" + pids + "]";
    }
}
