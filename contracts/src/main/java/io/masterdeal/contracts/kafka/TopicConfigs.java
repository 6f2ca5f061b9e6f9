package io.masterdeal.contracts.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** The settings with which topics lose nothing, and a check of existing topics. */
final class TopicConfigs {
    private static final String ERRORS = "error.events";
    private static final String APPENDED = "LogAppendTime";
    private static final long UNLIMITED = -1;
    private static final int TIMEOUT_S = 10;
    private static final int ENOUGH_FOR_TWO = 3;

    /** The largest record, in bytes. Events have their own limit; a canonical event of a very large deal needs more. */
    private static final int MOST_RECORD_BYTES = 8 * 1024 * 1024;

    private final Topics.Keeping keeping;

    TopicConfigs(Topics.Keeping keeping) {
        this.keeping = keeping;
    }

    /** The settings of a new topic. Its records have the time at which the broker appended them, not a time set by the writer. */
    Map<String, String> of(String topic, int replicas) {
        return Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(MOST_RECORD_BYTES),
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention(topic).toMillis()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(inSync(replicas)),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                APPENDED);
    }

    private Duration retention(String topic) {
        return topic.equals(ERRORS) ? keeping.errors() : keeping.events();
    }

    /** With three brokers one may fail, because what is acknowledged is on two. With fewer, requiring two would allow no failure. */
    private static int inSync(int replicas) {
        return replicas >= ENOUGH_FOR_TWO ? 2 : 1;
    }

    List<String> weaknesses(Admin admin, Collection<String> topics) {
        try {
            Map<String, TopicDescription> described =
                    new TreeMap<>(admin.describeTopics(topics).allTopicNames().get(TIMEOUT_S, TimeUnit.SECONDS));
            Map<ConfigResource, Config> configs = admin.describeConfigs(topics.stream()
                            .map(it -> new ConfigResource(ConfigResource.Type.TOPIC, it))
                            .toList())
                    .all()
                    .get(TIMEOUT_S, TimeUnit.SECONDS);
            List<String> found = new ArrayList<>();
            described.forEach((topic, description) -> {
                Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic));
                int replicas = description.partitions().stream()
                        .mapToInt(it -> it.replicas().size())
                        .min()
                        .orElse(1);
                if (config != null) {
                    look(topic, replicas, config, found);
                }
            });
            return found;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot read the configuration of the topics: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private void look(String topic, int replicas, Config config, List<String> found) {
        long wanted = retention(topic).toMillis();
        long kept = number(config, TopicConfig.RETENTION_MS_CONFIG);
        if (kept != UNLIMITED && kept < wanted) {
            found.add(weakness(
                    topic,
                    "keeps records for " + Duration.ofMillis(kept).toHours() + " h, but should keep them for "
                            + Duration.ofMillis(wanted).toHours()
                            + " h: a reader that is away for longer misses what is deleted",
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(wanted)));
        }
        if (number(config, TopicConfig.RETENTION_BYTES_CONFIG) != UNLIMITED) {
            found.add(weakness(
                    topic,
                    "deletes records when it grows large, even new ones",
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    Long.toString(UNLIMITED)));
        }
        if (text(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            found.add(weakness(
                    topic,
                    "is compacted: it keeps only the last event about an object",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE));
        }
        if (number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG) < inSync(replicas)) {
            found.add(weakness(
                    topic,
                    "acknowledges what only one of " + replicas
                            + " brokers has: if that broker is lost, so is the event",
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    Integer.toString(inSync(replicas))));
        }
        if (!text(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(APPENDED)) {
            found.add(weakness(
                    topic,
                    "lets writers set the time of records, so events from the future cannot be detected",
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    APPENDED));
        }
    }

    private static String weakness(String topic, String what, String setting, String value) {
        return "Topic " + topic + " " + what
                + ". To correct it: kafka-configs.sh --bootstrap-server HOST:PORT --alter --topic " + topic
                + " --add-config "
                + setting + "=" + value;
    }

    private static String text(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    /** A number; -1, as for "unlimited", if the broker does not report it. */
    private static long number(Config config, String name) {
        String text = text(config, name);
        return text.isEmpty() ? UNLIMITED : Long.parseLong(text);
    }
}
