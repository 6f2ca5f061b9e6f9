package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import io.masterdeal.local.Part;
import io.masterdeal.local.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Legal hears from a real Kafka of contracts that were signed. */
class LegalHearingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "docflow.events";
    private static final AtomicInteger CONTRACTS = new AtomicInteger();

    private static LocalInfrastructure registry;
    private static LocalOptions kafkaOptions;
    private static LocalInfrastructure kafka;
    private static LocalAddresses atKafka;
    private static RunningSandbox sandbox;
    private static EventSerde serde;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        registry = LocalInfrastructure.start(
                LocalOptions.in(directory.resolve("registry")).withParts(EnumSet.of(Part.REGISTRY)));
        kafkaOptions = LocalOptions.in(directory.resolve("kafka"))
                .withParts(EnumSet.of(Part.KAFKA))
                .withKafkaPort(Ports.free());
        kafka = LocalInfrastructure.start(kafkaOptions);
        atKafka = kafka.addresses();
        serde = new EventSerde(
                EventCatalog.bundled(),
                new HttpSchemaRegistry(registry.addresses().registryUrl()));
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        var settings = new HashMap<String, Object>();
        settings.put("masterdeal.kafka.bootstrap-servers", atKafka.kafkaBootstrapServers());
        atKafka.kafkaClientProperties()
                .forEach((name, value) -> settings.put("masterdeal.kafka.client." + name, value));
        settings.put(
                "masterdeal.registry.url", registry.addresses().registryUrl().toString());
        sandbox = RunningSandbox.start(directory, settings);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        kafka.close();
        registry.close();
    }

    /** It listens from some moment after its start; whoever signs before that is not heard. */
    @BeforeEach
    void await_that_it_listens() {
        await().atMost(PATIENCE).until(() -> {
            String contract = next();
            tell(signed(contract, "required"));
            return casesOf(contract).size() == 1;
        });
    }

    @Test
    void legal_opens_one_case_for_a_contract_although_it_hears_twice_of_the_signature() throws Exception {
        // given
        String contract = next();
        Event signed = signed(contract, "required");

        // when
        tell(signed);
        tell(signed);
        tell(signed(contract, "required"));
        awaitHeardAllBefore();

        // then
        List<JsonNode> cases = casesOf(contract);
        assertThat(cases).hasSize(1);
        assertThat(cases.getFirst().path("correlation_id").asString()).isEqualTo("story of " + contract);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                casesOf(contract).getFirst().path("status").asString())
                        .isEqualTo("Cleared"));
    }

    @Test
    void legal_leaves_alone_what_does_not_ask_for_it() throws Exception {
        // given
        String without = next();
        String waived = next();
        String replayed = next();
        String drafted = next();

        // when
        tell(signed(without, null));
        tell(signed(waived, "waived"));
        tell(event("docflow.contract.signed", replayed, "required", true));
        tell(event("docflow.contract.drafted", drafted, "required", false));
        awaitHeardAllBefore();

        // then
        assertThat(casesOf(without)).isEmpty();
        assertThat(casesOf(waived)).isEmpty();
        assertThat(casesOf(replayed)).isEmpty();
        assertThat(casesOf(drafted)).isEmpty();
    }

    @Test
    void garbage_on_the_topic_stops_nothing() throws Exception {
        // given
        ProducerRecord<byte[], byte[]> good = serde.serialize(signed(next(), "required"));
        byte[] unknownSchema = good.value().clone();
        unknownSchema[1] = 0x7f; // The first byte of the id of the schema.

        // when
        send(new ProducerRecord<>(TOPIC, null, null));
        send(new ProducerRecord<>(TOPIC, bytes("key"), bytes("no event at all")));
        send(new ProducerRecord<>(TOPIC, null, good.key(), bytes("no Avro"), good.headers()));
        send(new ProducerRecord<>(TOPIC, null, good.key(), null, good.headers()));
        send(new ProducerRecord<>(TOPIC, null, bytes("docflow:contract:other"), good.value(), good.headers()));
        send(new ProducerRecord<>(TOPIC, null, good.key(), unknownSchema, good.headers()));

        // then
        awaitHeardAllBefore();
    }

    @Test
    void legal_hears_again_when_the_broker_was_away_and_is_back() throws Exception {
        // given
        String before = next();
        tell(signed(before, "required"));
        awaitHeardAllBefore();
        kafka.close();
        String byRest = next();

        // when nothing can be heard, Legal can be asked
        assertThat(sandbox.post("/legal/cases", "{\"links\": [\"" + byRest + "\"]}")
                        .status())
                .isEqualTo(201);
        kafka = LocalInfrastructure.start(kafkaOptions);

        // then
        String after = next();
        tell(signed(after, "required"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(casesOf(after)).hasSize(1));
        assertThat(casesOf(before)).hasSize(1);

        // and what is signed again is known from the question
        tell(signed(byRest, "required"));
        awaitHeardAllBefore();
        assertThat(casesOf(byRest)).hasSize(1);
    }

    /** The topic has one partition, so who heard the last has heard all before it. */
    private static void awaitHeardAllBefore() throws Exception {
        String last = next();
        tell(signed(last, "required"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(casesOf(last)).hasSize(1));
    }

    private static String next() {
        return "docflow:contract:K-heard-" + CONTRACTS.incrementAndGet();
    }

    private static List<JsonNode> casesOf(String contract) {
        return sandbox.all("/legal/cases").stream()
                .filter(each -> each.path("links")
                        .valueStream()
                        .anyMatch(link -> link.asString().equals(contract)))
                .toList();
    }

    private static Event signed(String contract, @Nullable String review) {
        return event("docflow.contract.signed", contract, review, false);
    }

    private static Event event(String type, String contract, @Nullable String review, boolean replayed) {
        var event = RunningSandbox.JSON
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", "/docflow")
                .put("type", type)
                .put("subject", contract)
                .put("time", "2026-03-02T09:00:00Z")
                .put("correlationid", "story of " + contract);
        if (replayed) {
            event.put("replayed", true);
        }
        var attributes = event.putObject("data").putObject("attributes");
        if (review != null) {
            attributes.put("legal_review", review);
        }
        return new EventJson(EventCatalog.bundled()).read(event);
    }

    private static void tell(Event event) throws Exception {
        send(serde.serialize(event));
    }

    private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (var producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static Map<String, Object> client() {
        var properties = new HashMap<String, Object>(atKafka.kafkaClientProperties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, atKafka.kafkaBootstrapServers());
        return properties;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
