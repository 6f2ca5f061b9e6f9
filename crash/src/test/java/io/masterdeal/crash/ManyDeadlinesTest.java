package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.app.platform.TemporaryDirectory;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.SupervisedRole;
import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.Reactions;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.publish.CanonicalEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Very many clocks are due at one instant, and of the two processes that tell it one is killed half-way. */
class ManyDeadlinesTest {

    private static final Logger log = LoggerFactory.getLogger(ManyDeadlinesTest.class);

    private static final int DEALS = Integer.getInteger("masterdeal.deadlines", 100_000);

    private static final Duration TARGET = Duration.ofHours(1);

    private static final Duration ALLOWED = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int BATCH = 500;

    private static final String POLICIES = """
            name: deadlines
            version: 1
            policies:
              - policy: whole
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                target: 1h
            """;

    private static final String TOLD = "SELECT count(*) FROM sla_statements WHERE kind = 'breached' AND state = 'told'";

    /**
     * A revision on the topic.
     *
     * @param type of the event
     * @param revision of the deal
     * @param at when it was published, by Kafka
     */
    private record Revision(String type, long revision, Instant at) {}

    @Test
    void a_hundred_thousand_deadlines_of_one_instant_are_told_once_though_one_of_two_processes_is_killed()
            throws Exception {
        assumeTrue(
                Boolean.getBoolean("masterdeal.long"),
                "SKIPPED: takes minutes; in the short run DueClocksTest of facts tells 1,000; runs in the long run"
                        + " (-Dmasterdeal.long=true, ./masterdeal test --long)");
        // given
        try (TemporaryDirectory directory = TemporaryDirectory.unless(null);
                CrashPlatform platform = CrashPlatform.start(Files.createDirectories(directory.path()), 2, POLICIES)) {
            Instant dueAt = fill(platform);
            assertThat(platform.query(TOLD)).isEqualTo("0");

            // when
            awaitTold(platform, DEALS / 2);
            SupervisedRole killed = platform.leader().orElse(platform.services().getFirst());
            int told = Integer.parseInt(platform.query(TOLD));
            assertThat(killed.kill()).isTrue();
            Duration untilKilled = Duration.between(dueAt, Instant.now());
            assertThat(told).as("told when %s was killed", killed.name()).isLessThan(DEALS);
            awaitTold(platform, DEALS);
            platform.awaitPublished();

            // then
            Map<String, List<Revision>> topic = topic(platform);
            Duration published = Duration.between(dueAt, last(topic));
            log.warn(
                    "{} deadlines: {} were told {} s after the due instant, when a process was killed, and the last was published"
                            + " {} s after it",
                    DEALS,
                    told,
                    untilKilled.toMillis() / 1000.0,
                    published.toMillis() / 1000.0);
            assertPublishedOnce(topic);
            assertThat(platform.query("SELECT count(*) FROM sla_statements")).isEqualTo(Integer.toString(DEALS));
            assertThat(platform.query("SELECT count(*) FROM sla_deadlines WHERE due_at <= now()"))
                    .isEqualTo("0");
            assertThat(published).isLessThanOrEqualTo(ALLOWED);
        }
    }

    private static Instant last(Map<String, List<Revision>> topic) {
        return topic.values().stream()
                .flatMap(List::stream)
                .map(Revision::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static void assertPublishedOnce(Map<String, List<Revision>> topic) {
        assertThat(topic).hasSize(DEALS);
        topic.forEach((root, revisions) -> {
            assertThat(revisions)
                    .as(root)
                    .extracting(Revision::revision)
                    .containsExactlyElementsOf(List.of(1L, 2L, 3L));
            assertThat(revisions)
                    .as(root)
                    .extracting(Revision::type)
                    .containsExactly("masterdeal.created", "masterdeal.updated", "masterdeal.sla.breached");
        });
    }

    /** Adds deals that are all due at one instant, soon after the last of them is published; returns that instant. */
    private static Instant fill(CrashPlatform platform) throws Exception {
        RuleSet rules = RuleSets.load("default");
        SlaTerms terms = new SlaTerms(platform.evaluator(), Duration.ofHours(24), Clock.systemUTC(), SlaTasks.NONE);
        EventCatalog catalog = EventCatalog.bundled();
        CanonicalEvents events = new CanonicalEvents(
                catalog,
                new EventSerde(catalog, new HttpSchemaRegistry(platform.registry())),
                rules,
                Clock.systemUTC());
        SingleConnectionDataSource connection = new SingleConnectionDataSource(platform.connect(), true);
        try {
            FactStore store =
                    new FactStore(connection, rules, terms, List.of(events), Reactions.NONE, new SimpleMeterRegistry());
            Instant begin = Instant.now();
            int few = DEALS / 20;
            // These are not due in an hour, and show how long the others take.
            add(store, "trial", few, begin);
            platform.awaitPublished();
            Duration all = Duration.between(begin, Instant.now()).multipliedBy(DEALS / few);
            Instant dueAt = Instant.now()
                    .plus(all.multipliedBy(3).dividedBy(2))
                    .plusSeconds(20)
                    .truncatedTo(ChronoUnit.MILLIS);
            add(store, "due", DEALS, dueAt.minus(TARGET));
            platform.awaitPublished();
            assertThat(Instant.now())
                    .as("the deals are there before they are due")
                    .isBefore(dueAt);
            return dueAt;
        } finally {
            connection.destroy();
        }
    }

    private static void add(FactStore store, String name, int deals, Instant at) {
        Provenance somewhere = new Provenance("/crm", null, null, null, false, "crm.events-0@0");
        for (int first = 0; first < deals; first += BATCH) {
            store.add(IntStream.range(first, Math.min(deals, first + BATCH))
                    .mapToObj(i -> ReceivedStatement.of(created("crm:deal:" + name + "-" + i, at), somewhere))
                    .toList());
        }
    }

    private static Fact created(String root, Instant at) {
        return Fact.of(
                UUID.randomUUID(),
                "crm.deal.created",
                new ObjectKey(root),
                "Deal Created",
                null,
                at,
                List.of(),
                Map.of(),
                null);
    }

    private static void awaitTold(CrashPlatform platform, int deals) {
        await(deals + " breaches are told")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Integer.parseInt(platform.query(TOLD)) >= deals);
    }

    /** What was published of the deals that were due, by root, without repeats. */
    private static Map<String, List<Revision>> topic(CrashPlatform platform) {
        EventSerde serde = new EventSerde(EventCatalog.bundled(), new HttpSchemaRegistry(platform.registry()));
        Map<String, List<Revision>> topic = new HashMap<>();
        Set<UUID> seen = new HashSet<>();
        Map<String, Object> client = new HashMap<>(platform.kafkaClient());
        client.put("isolation.level", "read_committed");
        client.put("enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("masterdeal.events").stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Event event = serde.deserialize(record);
                    if (event.envelope().subject().startsWith("crm:deal:due-")
                            && seen.add(event.envelope().id())) {
                        topic.computeIfAbsent(event.envelope().subject(), _ -> new ArrayList<>())
                                .add(new Revision(
                                        event.envelope().type(),
                                        (Long) event.data().get("revision"),
                                        Instant.ofEpochMilli(record.timestamp())));
                    }
                }
            }
        }
        return topic;
    }
}
