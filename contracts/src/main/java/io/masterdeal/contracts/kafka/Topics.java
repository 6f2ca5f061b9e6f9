package io.masterdeal.contracts.kafka;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of the platform: one for each domain, one for canonical events, one for errors. */
public final class Topics {
    private static final Logger log = LoggerFactory.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Topics() {}

    /**
     * The layout of new topics; existing topics stay as they are.
     *
     * @param partitions number of partitions of each topic
     * @param replicationFactor number of brokers that hold each partition
     */
    public record Layout(int partitions, short replicationFactor) {
        /**
         * Reads the form {@code partitions/replicationFactor}.
         *
         * @param text such as {@code 3/1}
         * @return the layout
         * @throws IllegalArgumentException if it is not of that form, or a number is less than 1
         */
        public static Layout parse(String text) {
            String[] parts = text.split("/", -1);
            try {
                if (parts.length == 2 && Integer.parseInt(parts[0]) > 0 && Short.parseShort(parts[1]) > 0) {
                    return new Layout(Integer.parseInt(parts[0]), Short.parseShort(parts[1]));
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "a topic layout is two whole numbers, 'partitions/replicationFactor', not '" + text + "'", e);
            }
            throw new IllegalArgumentException(
                    "a topic layout is two whole numbers from 1, 'partitions/replicationFactor', not '" + text + "'");
        }
    }

    /**
     * How long topics keep their records.
     *
     * @param events for the domains' topics and the canonical one; longer than any reader is ever away
     * @param errors for {@code error.events}; longer than operators need to look at them
     */
    public record Keeping(Duration events, Duration errors) {
        /** The setting for events, a duration such as {@code 30d}. */
        public static final String EVENTS_SETTING = "masterdeal.topics.retention";

        /** The setting for {@code error.events}. */
        public static final String ERRORS_SETTING = "masterdeal.topics.error-retention";

        /** The default for events. */
        public static final String EVENTS_DEFAULT = "30d";

        /** The default for {@code error.events}. */
        public static final String ERRORS_DEFAULT = "90d";

        /** Both defaults. */
        public static final Keeping DEFAULT = new Keeping(Duration.ofDays(30), Duration.ofDays(90));

        /**
         * Checks both.
         *
         * @throws IllegalArgumentException if one is not longer than 0
         */
        public Keeping {
            if (!events.isPositive() || !errors.isPositive()) {
                throw new IllegalArgumentException(EVENTS_SETTING + " and " + ERRORS_SETTING
                        + " have to be longer than 0, such as " + EVENTS_DEFAULT);
            }
        }
    }

    /**
     * Creates missing topics with the retention of {@link Keeping#DEFAULT}.
     *
     * @param admin an admin client
     * @param catalog determines the topics
     * @param layout of new topics
     * @throws IllegalStateException if Kafka does not answer or refuses
     */
    public static void ensure(Admin admin, EventCatalog catalog, Layout layout) {
        ensure(admin, catalog, layout, Keeping.DEFAULT);
    }

    /**
     * Creates missing topics. Waits up to a minute for Kafka to start.
     *
     * @param admin an admin client
     * @param catalog determines the topics
     * @param layout of new topics
     * @param keeping how long new topics keep their records
     * @throws IllegalStateException if Kafka does not answer or refuses
     */
    public static void ensure(Admin admin, EventCatalog catalog, Layout layout, Keeping keeping) {
        Set<String> names = names(catalog);
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                create(admin, names, layout, keeping);
                return;
            } catch (ExecutionException | TimeoutException e) {
                boolean hopeless = e.getCause() != null && !(e.getCause() instanceof RetriableException);
                if (hopeless || Instant.now().isAfter(end)) {
                    throw new IllegalStateException(
                            "cannot create or find the topics " + names + ": " + e
                                    + ". Check that Kafka is running and that this client may create topics.",
                            e);
                }
                log.info("waiting for Kafka: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for Kafka", e);
            }
        }
    }

    /**
     * Checks the settings of existing topics.
     *
     * @param admin an admin client
     * @param catalog determines the topics
     * @param keeping how long they should keep their records
     * @return what to correct and how, in sentences; empty if nothing
     * @throws IllegalStateException if Kafka does not answer
     */
    public static List<String> weaknesses(Admin admin, EventCatalog catalog, Keeping keeping) {
        return new TopicConfigs(keeping).weaknesses(admin, names(catalog));
    }

    private static Set<String> names(EventCatalog catalog) {
        return catalog.types().stream().map(EventType::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void create(Admin admin, Set<String> names, Layout layout, Keeping keeping)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(admin.listTopics().names().get(10, TimeUnit.SECONDS));
        TopicConfigs configs = new TopicConfigs(keeping);
        List<NewTopic> topics = missing.stream()
                .map(name -> new NewTopic(name, layout.partitions(), layout.replicationFactor())
                        .configs(configs.of(name, layout.replicationFactor())))
                .toList();
        for (var created : admin.createTopics(topics).values().values()) {
            try {
                created.get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e; // Another process may have been faster; anything else is an error.
                }
            }
        }
    }
}
