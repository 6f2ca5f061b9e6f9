package io.masterdeal.queue.kafka;

import io.masterdeal.queue.broker.BrokerException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topic, sets up its share group so that nothing is lost, and checks that the settings are in effect. */
final class KafkaSetUp {

    /** Far more than we let happen, because a record that the broker gives up is lost. */
    private static final int WANTED_LIMIT = 25;

    /** If the broker does not say: its own default, and the minimum that the queue needs. */
    private static final int USUAL_MOST = 10;

    private static final String MOST = "group.share.max.delivery.count.limit";

    private static final String LIMIT = "share.delivery.count.limit";

    private static final String FEATURE = "share.version";

    /** The minimum and the maximum that brokers allow by default. */
    private static final Duration SHORTEST_LOCK = Duration.ofSeconds(15);

    private static final Duration LONGEST_LOCK = Duration.ofSeconds(60);

    private static final Duration HEARD_WITHIN = Duration.ofSeconds(10);

    private static final long LOOK_MS = 50;

    private final KafkaBrokerSettings settings;

    private final String queue;

    private final Duration lock;

    KafkaSetUp(KafkaBrokerSettings settings, String queue, Duration longestWork) {
        this.settings = settings;
        this.queue = queue;
        this.lock = longestWork.compareTo(SHORTEST_LOCK) < 0 ? SHORTEST_LOCK : longestWork;
        if (lock.compareTo(LONGEST_LOCK) > 0) {
            throw new BrokerException(
                    "with Kafka a task may take at most %s, not %s".formatted(LONGEST_LOCK, longestWork), null);
        }
    }

    void apply(KafkaQueueClients clients) {
        try (Admin admin = clients.admin()) {
            requireShareGroups(admin);
            makeTopic(admin);
            Map<String, String> wanted = new LinkedHashMap<>();
            // By default a new group begins at the end and skips what was sent before its first consumer.
            wanted.put("share.auto.offset.reset", "earliest");
            wanted.put(LIMIT, Integer.toString(limit(admin)));
            wanted.put("share.record.lock.duration.ms", Long.toString(lock.toMillis()));
            set(admin, clients.group(), wanted);
            require(admin, clients.group(), wanted);
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the task queue '" + queue + "' was set up", e);
        }
    }

    /** Creates only the topic: a sender does not decide how tasks are delivered. */
    void makeTopic(KafkaQueueClients clients) {
        try (Admin admin = clients.admin()) {
            requireShareGroups(admin);
            makeTopic(admin);
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the task queue '" + queue + "' was set up", e);
        }
    }

    /** The limit as the broker has it. */
    static int deliveryLimit(KafkaQueueClients clients) {
        try (Admin admin = clients.admin()) {
            return Integer.parseInt(groupSettings(admin, clients.group()).getOrDefault(LIMIT, "0"));
        } catch (ExecutionException e) {
            throw new BrokerException(
                    "Kafka does not return the settings of the share group " + clients.group() + ": " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while asking Kafka for the settings of " + clients.group(), e);
        }
    }

    private void requireShareGroups(Admin admin) throws ExecutionException, InterruptedException {
        FinalizedVersionRange version = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get(FEATURE);
        if (version == null || version.maxVersionLevel() < 1) {
            throw new BrokerException(
                    settings + " has no share groups, which the task queue needs. Enable them (Kafka 4.2 or newer):"
                            + " kafka-features.sh --bootstrap-server ... upgrade --feature " + FEATURE
                            + "=1, or choose RabbitMQ by masterdeal.queue.kind=rabbitmq",
                    null);
        }
    }

    private void makeTopic(Admin admin) throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(
                        queue, Optional.of(settings.partitions()), Optional.of((short) settings.replicationFactor()))
                // Retention must not delete a task that was never delivered; processed records are deleted by
                // ProcessedRecords.
                .configs(Map.of("retention.ms", "-1", "retention.bytes", "-1", "cleanup.policy", "delete"));
        try {
            admin.createTopics(Set.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** The highest limit that all brokers allow, up to the wanted one. */
    private static int limit(Admin admin) throws ExecutionException, InterruptedException {
        int limit = WANTED_LIMIT;
        for (Node broker : admin.describeCluster().nodes().get()) {
            Map<String, String> settings =
                    settings(admin, new ConfigResource(ConfigResource.Type.BROKER, broker.idString()));
            String most = settings.get(MOST);
            limit = Math.min(limit, most == null ? USUAL_MOST : Integer.parseInt(most));
        }
        if (limit < USUAL_MOST) {
            throw new BrokerException(
                    "Kafka allows %d deliveries at most, and the task queue needs %d: set %s of the brokers"
                            .formatted(limit, USUAL_MOST, MOST),
                    null);
        }
        return limit;
    }

    private static void set(Admin admin, String group, Map<String, String> wanted)
            throws ExecutionException, InterruptedException {
        List<AlterConfigOp> changes = wanted.entrySet().stream()
                .map(it -> new AlterConfigOp(new ConfigEntry(it.getKey(), it.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        admin.incrementalAlterConfigs(Map.of(resource(group), changes)).all().get();
    }

    private static Map<String, String> groupSettings(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        return settings(admin, resource(group));
    }

    private static Map<String, String> settings(Admin admin, ConfigResource of)
            throws ExecutionException, InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (Config config : admin.describeConfigs(Set.of(of)).all().get().values()) {
            config.entries().forEach(each -> settings.put(each.name(), each.value()));
        }
        return settings;
    }

    private static ConfigResource resource(String group) {
        return new ConfigResource(ConfigResource.Type.GROUP, group);
    }

    /** A change reaches the brokers after a delay. */
    private static void require(Admin admin, String group, Map<String, String> wanted)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + HEARD_WITHIN.toNanos();
        Map<String, String> actual = groupSettings(admin, group);
        while (!actual.entrySet().containsAll(wanted.entrySet())) {
            if (System.nanoTime() > deadline) {
                wanted.entrySet().removeAll(actual.entrySet());
                throw new BrokerException(
                        "Kafka did not apply settings of the share group %s that the task queue needs: %s"
                                .formatted(group, wanted),
                        null);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            actual = groupSettings(admin, group);
        }
    }

    private BrokerException refused(ExecutionException e) {
        return new BrokerException(
                "the task queue '%s' cannot be set up at %s: %s".formatted(queue, settings, e.getCause()), e);
    }
}
