package io.masterdeal.contracts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.contracts.event.RandomEvents;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.kafka.UndecodableEventException.Reason;
import io.masterdeal.contracts.registry.HttpSchemaRegistry;
import io.masterdeal.contracts.registry.RegistryServer;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EventSerdeTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"565d1252-04cc-5722-8ca7-9a5ea9dfb9ab","source":"/docflow",\
            "type":"docflow.contract.signed","subject":"docflow:contract:К-9","time":"2026-01-01T00:00:00.123Z",\
            "sequence":"7","correlationid":"c","causationid":"d","masterdealid":"82e8f5d8-d337-5693-aff9-51406c4ed467",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","replayed":"true",\
            "data":{"links":["crm:deal:1"],"amount":"5.00","attributes":{"a":"b"}}}""";

    private final EventCatalog catalog = EventCatalog.bundled();
    private final EventJson json = new EventJson(catalog);
    private RegistryServer server;
    private EventSerde serde;

    @BeforeEach
    void start() throws IOException {
        server = new RegistryServer();
        serde = new EventSerde(catalog, new HttpSchemaRegistry(server.url()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_event_becomes_a_record_in_confluents_wire_format_with_cloudevents_headers() {
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());

        assertThat(sent.topic()).isEqualTo("docflow.events");
        assertThat(sent.partition()).isNull();
        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("docflow:contract:К-9");
        assertThat(Arrays.copyOf(sent.value(), 5)).containsExactly(0, 0, 0, 0, 1);
        assertThat(texts(sent.headers()))
                .containsExactly(
                        "ce_specversion=1.0",
                        "ce_id=565d1252-04cc-5722-8ca7-9a5ea9dfb9ab",
                        "ce_source=/docflow",
                        "ce_type=docflow.contract.signed",
                        "ce_subject=docflow:contract:К-9",
                        "ce_time=2026-01-01T00:00:00.123Z",
                        "ce_sequence=7",
                        "ce_correlationid=c",
                        "ce_causationid=d",
                        "ce_masterdealid=82e8f5d8-d337-5693-aff9-51406c4ed467",
                        "ce_traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "ce_replayed=true",
                        "traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "content-type=application/avro");
        assertThat(server.compatibility()).isEqualTo(Map.of("docflow.contract.signed", "BACKWARD_TRANSITIVE"));
    }

    @Test
    void random_events_of_every_type_come_back_the_same_from_json_through_avro_to_json() {
        long seed = System.nanoTime();
        var random = new RandomEvents(seed, catalog);
        for (int i = 0; i < 5_000; i++) {
            ObjectNode given = random.next();

            Event read = json.read(given);
            Event delivered = serde.deserialize(Records.delivered(serde.serialize(read)));

            assertThat(delivered).as("seed %d, event %d: %s", seed, i, given).isEqualTo(read);
            assertThat((Object) json.write(delivered))
                    .as("seed %d, event %d", seed, i)
                    .isEqualTo(given);
        }
    }

    @Test
    void many_threads_share_one_serde() throws Exception {
        long seed = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> work = new Random(seed)
                    .longs(8)
                    .<Callable<Integer>>mapToObj(of -> () -> {
                        var random = new RandomEvents(of, catalog);
                        for (int i = 0; i < 500; i++) {
                            Event event = json.read(random.next());
                            assertThat(serde.deserialize(Records.delivered(serde.serialize(event))))
                                    .isEqualTo(event);
                        }
                        return 500;
                    })
                    .toList();

            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).as("seed %d", seed).isEqualTo(500);
            }
        }
    }

    @Test
    void data_without_a_status_get_the_status_of_their_type() {
        Event event = event();
        event.data().put("status", null);

        Event delivered = serde.deserialize(Records.delivered(serde.serialize(event)));

        assertThat(DomainEventData.of(delivered).status()).isEqualTo("Contract Signed");
    }

    @Test
    void an_event_that_breaks_the_rules_is_not_written() {
        Event event = event();
        event.data().put("links", List.of("nonsense"));

        assertThatThrownBy(() -> serde.serialize(event))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("/data/links/0");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void data_of_older_and_newer_schemas_are_read_with_ours() throws IOException {
        int older = server.put("""
                {"type":"record","name":"signed","namespace":"docflow.contract","fields":[
                 {"name":"attributes","type":{"type":"map","values":"string"},"default":{}},
                 {"name":"signature","type":"string","default":""},
                 {"name":"links","type":{"type":"array","items":"string"},"default":[]}]}""");
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeMapStart();
        encoder.setItemCount(1);
        encoder.startItem();
        encoder.writeString("a");
        encoder.writeString("b");
        encoder.writeMapEnd();
        encoder.writeString("a field of theirs");
        encoder.writeArrayStart();
        encoder.setItemCount(1);
        encoder.startItem();
        encoder.writeString("crm:deal:1");
        encoder.writeArrayEnd();
        encoder.flush();

        Event delivered = serde.deserialize(Records.delivered(withValue(wire(older, bytes.toByteArray()))));

        DomainEventData data = DomainEventData.of(delivered);
        assertThat(data.links()).containsExactly("crm:deal:1");
        assertThat(data.attributes()).containsExactly(Map.entry("a", "b"));
        assertThat(data.status()).isEqualTo("Contract Signed");
        assertThat(delivered.data().getSchema())
                .isEqualTo(Objects.requireNonNull(catalog.type("docflow.contract.signed"))
                        .schema());
    }

    @ParameterizedTest
    @CsvSource({
        "ce_id, /id",
        "ce_type, /type",
        "ce_source, /source",
        "ce_time, /time",
        "ce_subject, /subject",
        "ce_specversion, /specversion"
    })
    void a_record_without_a_header_it_needs_is_poison(String header, String pointer) {
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());
        sent.headers().remove(header);

        assertThat(poison(sent).violations()).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void a_record_that_is_not_an_event_is_poison_with_a_reason() {
        byte[] value = serde.serialize(event()).value();
        byte[] wrongMagic = value.clone();
        wrongMagic[0] = 1;

        assertThat(poison(withValue(null)).reason()).isEqualTo(Reason.NO_VALUE);
        assertThat(poison(withValue(new byte[0])).reason()).isEqualTo(Reason.NOT_WIRE_FORMAT);
        assertThat(poison(withValue(wrongMagic)).reason()).isEqualTo(Reason.NOT_WIRE_FORMAT);
        assertThat(poison(withValue(EVENT.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("first byte is 123")
                .returns(Reason.NOT_WIRE_FORMAT, UndecodableEventException::reason);
        assertThat(poison(withValue(wire(4711, new byte[9]))))
                .hasMessageContaining("4711")
                .returns(Reason.UNKNOWN_SCHEMA, UndecodableEventException::reason);
        assertThat(poison(withValue(wire(server.put("{\"type\":\"nonsense\"}"), new byte[9])))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(poison(withValue(wire(server.put("\"string\""), new byte[9])))
                        .reason())
                .isEqualTo(Reason.SCHEMA_NOT_OF_TYPE);
        assertThat(poison(withValue(Arrays.copyOf(value, value.length - 1))).reason())
                .isEqualTo(Reason.UNREADABLE_DATA);
        assertThat(poison(withValue(Arrays.copyOf(value, value.length + 1))).reason())
                .isEqualTo(Reason.UNREADABLE_DATA);
    }

    @Test
    void the_schema_has_to_be_that_of_the_type() {
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());
        replace(sent.headers(), "ce_type", "docflow.contract.drafted");

        assertThat(poison(sent).reason()).isEqualTo(Reason.SCHEMA_NOT_OF_TYPE);
    }

    @Test
    void the_type_has_to_be_known_and_of_this_topic() {
        ProducerRecord<byte[], byte[]> unknown = serde.serialize(event());
        replace(unknown.headers(), "ce_type", "docflow.contract.painted");
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());
        var elsewhere = new ProducerRecord<>("crm.events", null, sent.key(), sent.value(), sent.headers());

        assertThat(poison(unknown).reason()).isEqualTo(Reason.UNKNOWN_TYPE);
        assertThat(poison(elsewhere))
                .hasMessageContaining("docflow.events")
                .returns(Reason.WRONG_TOPIC, UndecodableEventException::reason);
    }

    @Test
    void the_key_has_to_be_the_subject() {
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());
        byte[] other = "docflow:contract:other".getBytes(StandardCharsets.UTF_8);

        assertThat(poison(new ProducerRecord<>(sent.topic(), null, other, sent.value(), sent.headers()))
                        .reason())
                .isEqualTo(Reason.KEY_NOT_SUBJECT);
    }

    @Test
    void data_that_break_the_rules_of_the_contracts_are_poison_too() {
        GenericRecord data = event().data();
        data.put("links", List.of("nonsense", "crm:deal:\0"));
        data.put("title", "a\0b");
        var type = Objects.requireNonNull(catalog.type("docflow.contract.signed"));
        byte[] value = new WireFormat(new HttpSchemaRegistry(server.url())).write(type, data);

        UndecodableEventException poison = poison(withValue(value));

        assertThat(poison.reason()).isEqualTo(Reason.INVALID_EVENT);
        assertThat(poison.violations())
                .extracting(Violation::pointer)
                .contains("/data/links/0", "/data/links/1", "/data/title");
    }

    @Test
    void no_broken_value_costs_more_than_its_size() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] value = serde.serialize(event()).value();
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = value.clone();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                broken[5 + random.nextInt(broken.length - 5)] = (byte) random.nextInt();
            }
            try {
                serde.deserialize(Records.delivered(withValue(broken)));
            } catch (UndecodableEventException e) {
                assertThat(e.reason())
                        .as("seed %d, record %d", seed, i)
                        .isIn(Reason.UNREADABLE_DATA, Reason.INVALID_EVENT);
            }
        }
    }

    @Test
    void wrong_lengths_are_poison_and_allocate_no_memory() {
        byte[] huge = {2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] large = {2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        byte[] manyLinks = {0, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        int id = ByteBuffer.wrap(serde.serialize(event()).value()).getInt(1);

        assertThat(poison(withValue(wire(id, huge))).reason()).isEqualTo(Reason.UNREADABLE_DATA);
        assertThat(poison(withValue(wire(id, large))).reason()).isEqualTo(Reason.UNREADABLE_DATA);
        assertThat(poison(withValue(wire(id, manyLinks))).reason()).isEqualTo(Reason.UNREADABLE_DATA);
    }

    @Test
    void an_unavailable_registry_is_not_an_error_of_the_record() {
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());
        var fresh = new EventSerde(catalog, new HttpSchemaRegistry(server.url()));
        server.close();

        assertThatThrownBy(() -> fresh.deserialize(Records.delivered(sent)))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(serde.deserialize(Records.delivered(sent)))
                .as("what was learned before still serves")
                .isEqualTo(event());
    }

    @Test
    void all_schemas_can_be_registered_at_once() {
        serde.registerAll();

        assertThat(server.compatibility()).hasSameSizeAs(catalog.types());
    }

    @Test
    void an_error_event_has_everything_to_send_the_record_again() {
        byte[] value = new byte[100_000];
        value[0] = 7;
        var record = Records.delivered(withValue(value));
        UndecodableEventException poison =
                catchThrowableOfType(UndecodableEventException.class, () -> serde.deserialize(record));
        var errors = new ErrorEvents(catalog, "/masterdeal/intake");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        Event error = errors.of(record, poison, "intake", now);

        ObjectNode written = json.write(serde.deserialize(Records.delivered(serde.serialize(error))));
        assertThat(written.get("subject").stringValue()).isEqualTo("docflow.events/3/42");
        ObjectNode data = written.get("data").asObject();
        assertThat(data.get("payload").binaryValue()).isEqualTo(Arrays.copyOf(value, 65_536));
        assertThat(data.get("headers").get("ce_subject").stringValue()).isEqualTo("docflow:contract:К-9");
        assertThat(data.get("detail").stringValue()).isEqualTo(poison.getMessage());
        data.remove(List.of("payload", "headers", "detail"));
        assertThat(data).hasToString("""
                {"reason":"not-wire-format","stage":"intake","topic":"docflow.events","partition":3,"offset":42,\
                "event_id":"565d1252-04cc-5722-8ca7-9a5ea9dfb9ab","event_type":"docflow.contract.signed",\
                "key":"docflow:contract:К-9","payload_truncated":true,"attempts":[]}""");
        assertThat(errors.of(record, poison, "intake", now.plusSeconds(9))
                        .envelope()
                        .id())
                .as("found again after a crash")
                .isEqualTo(error.envelope().id());
    }

    @Test
    void an_error_event_of_an_undelivered_event_lists_every_attempt_and_is_deterministic() {
        // given
        var errors = new ErrorEvents(catalog, "/masterdeal/router");
        Instant now = Instant.parse("2026-01-01T00:00:09Z");
        var undelivered = new ErrorEvents.Undelivered(
                new ErrorEvents.Place("docflow.events", 1, 7),
                event().envelope(),
                "crm",
                2,
                "gave-up",
                List.of(new ErrorEvents.Attempt(Instant.parse("2026-01-01T00:00:00Z"), 12, 503, "full")));

        // when
        Event error = errors.of(undelivered, now);

        // then
        ObjectNode written = json.write(serde.deserialize(Records.delivered(serde.serialize(error))));
        assertThat(written.get("causationid").stringValue())
                .isEqualTo(event().envelope().id().toString());
        assertThat(written.at("/data/subscription").stringValue()).isEqualTo("crm");
        assertThat(written.at("/data/stage").stringValue()).isEqualTo("delivery");
        assertThat(written.at("/data/attempts")).hasToString("""
                [{"at":"2026-01-01T00:00:00.000Z","ms":12,"status":503,"answer":"full"}]""");
        assertThat(errors.of(undelivered, now.plusSeconds(9)).envelope().id())
                .isEqualTo(error.envelope().id());
    }

    private Event event() {
        return json.read(EVENT.getBytes(StandardCharsets.UTF_8));
    }

    private ProducerRecord<byte[], byte[]> withValue(byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> sent = serde.serialize(event());
        return new ProducerRecord<>(sent.topic(), null, sent.key(), value, sent.headers());
    }

    private UndecodableEventException poison(ProducerRecord<byte[], byte[]> sent) {
        return catchThrowableOfType(UndecodableEventException.class, () -> serde.deserialize(Records.delivered(sent)));
    }

    private static byte[] wire(int id, byte[] data) {
        return ByteBuffer.allocate(5 + data.length)
                .put((byte) 0)
                .putInt(id)
                .put(data)
                .array();
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(Headers headers) {
        return Arrays.stream(headers.toArray())
                .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
