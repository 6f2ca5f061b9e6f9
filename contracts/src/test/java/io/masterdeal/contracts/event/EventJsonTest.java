package io.masterdeal.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.masterdeal.contracts.catalog.EventCatalog;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final String ID = "565d1252-04cc-5722-8ca7-9a5ea9dfb9ab";
    private static final String BASE = """
            "specversion":"1.0","id":"%s","source":"/crm","type":"crm.deal.created","subject":"crm:deal:1",\
            "time":"2026-01-01T00:00:00Z\"""".formatted(ID);

    private final EventJson json = new EventJson(EventCatalog.bundled());

    @Test
    void an_event_in_the_form_of_the_acceptance_data_is_read() {
        Event event = read("""
                {"specversion":"1.0","id":"565d1252-04cc-5722-8ca7-9a5ea9dfb9ab","source":"/crm","type":"crm.deal.created",\
                "subject":"crm:deal:173688","time":"2011-09-30T22:38:44.546Z","datacontenttype":"application/json",\
                "correlationid":"82e8f5d8-d337-5693-aff9-51406c4ed467",\
                "data":{"status":"Deal Created","links":[],"attributes":{"amount":"20000"}},"sequence":"0"}""");

        assertThat(event.envelope())
                .isEqualTo(Envelope.builder(
                                UUID.fromString(ID),
                                "/crm",
                                "crm.deal.created",
                                "crm:deal:173688",
                                Instant.parse("2011-09-30T22:38:44.546Z"))
                        .sequence(0L)
                        .correlationId("82e8f5d8-d337-5693-aff9-51406c4ed467")
                        .build());
        DomainEventData data = DomainEventData.of(event);
        assertThat(data.status()).isEqualTo("Deal Created");
        assertThat(data.links()).isEmpty();
        assertThat(data.attributes()).containsExactly(Map.entry("amount", "20000"));
        assertThat(data.retracts()).isEmpty();
    }

    @Test
    void every_attribute_and_field_of_an_event_is_read() {
        Event event = read("""
                {"specversion":"1.0","id":"565D1252-04CC-5722-8CA7-9A5EA9DFB9AB","source":"/docflow",\
                "type":"docflow.contract.signed","subject":"docflow:contract:К-9","time":"2026-01-01T03:00:00.1239+03:00",\
                "sequence":9223372036854775807,"correlationid":"c","causationid":"x","dataschema":"urn:any","extra":7,\
                "masterdealid":"82E8F5D8-D337-5693-AFF9-51406C4ED467","replayed":true,\
                "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
                "data":{"links":["media:mediaplan:2","crm:deal:1","crm:deal:1"],"amount":"1250.00","currency":"RUB",\
                "number":"К-9","signed_at":"2026-01-01T12:00:00+03:00","title":null,\
                "attributes":{"амо":"1","\uff5e":"2","😀":"3"}}}""");

        assertThat(event.envelope())
                .isEqualTo(new Envelope(
                        UUID.fromString(ID),
                        "/docflow",
                        "docflow.contract.signed",
                        "docflow:contract:К-9",
                        Instant.parse("2026-01-01T00:00:00.123Z"),
                        Long.MAX_VALUE,
                        "c",
                        "x",
                        UUID.fromString("82e8f5d8-d337-5693-aff9-51406c4ed467"),
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        true));
        DomainEventData data = DomainEventData.of(event);
        assertThat(data.status()).as("which the type gives").isEqualTo("Contract Signed");
        assertThat(data.links()).containsExactly("crm:deal:1", "media:mediaplan:2");
        assertThat(data.attributes())
                .containsExactly(
                        Map.entry("amount", "1250.00"),
                        Map.entry("currency", "RUB"),
                        Map.entry("number", "К-9"),
                        Map.entry("signed_at", "2026-01-01T09:00:00.000Z"),
                        Map.entry("амо", "1"),
                        Map.entry("\uff5e", "2"),
                        Map.entry("😀", "3"));
        assertThat(json.read(json.write(event))).isEqualTo(event);
    }

    @Test
    void a_retraction_names_events() {
        Event event = read("""
                {"specversion":"1.0","id":"%s","source":"/legal","type":"legal.event.retracted","subject":"legal:whatever:1",\
                "time":"2026-01-01T00:00:00Z","data":{"retracts":["%s","7FFFFFFF-0000-5000-8000-000000000000"]}}""".formatted(ID, "80000000-0000-5000-8000-000000000000"));

        assertThat(DomainEventData.of(event).retracts())
                .extracting(UUID::toString)
                .containsExactly("7fffffff-0000-5000-8000-000000000000", "80000000-0000-5000-8000-000000000000");
    }

    @Test
    void every_problem_is_reported_at_once_by_pointer() {
        assertThat(violations("""
                {"specversion":"0.3","id":7,"source":"not a uri","type":"crm.deal.created","subject":"media:mediaplan:1",\
                "time":"2026-01-01T00:00:00","sequence":"-1","masterdealid":"x","replayed":"yes","correlation_id":"c",\
                "datacontenttype":"text/plain","data_base64":"AA==",\
                "data":{"status":"Plan Ready","links":["crm:deal:1","nonsense"],"retracts":["%s"],"colour":"red",\
                "amount":"12,50","currency":"Rub","url":"a b","title":7,"deadline":"tomorrow",\
                "attributes":{"n":1,"currency":"EUR"}}}""".formatted(ID)))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/specversion",
                        "/id",
                        "/source",
                        "/subject",
                        "/time",
                        "/sequence",
                        "/masterdealid",
                        "/replayed",
                        "/correlation_id",
                        "/datacontenttype",
                        "/data_base64",
                        "/data/status",
                        "/data/links/1",
                        "/data/retracts",
                        "/data/colour",
                        "/data/amount",
                        "/data/currency",
                        "/data/currency",
                        "/data/url",
                        "/data/title",
                        "/data/deadline",
                        "/data/attributes/n");
    }

    @Test
    void an_unknown_field_is_refused_with_what_to_do() {
        assertThat(violations(event("\"data\":{\"colour\":\"red\"}")))
                .extracting(Violation::pointer, v -> v.message().contains("put free payload into attributes"))
                .containsExactly(tuple("/data/colour", true));
    }

    @Test
    void missing_attributes_are_named() {
        assertThat(violations("{}"))
                .extracting(Violation::toString)
                .containsExactlyInAnyOrder(
                        "/specversion is required",
                        "/id is required",
                        "/source is required",
                        "/type is required",
                        "/subject is required",
                        "/time is required");
        assertThat(violations(event("\"dataschema\":\"x\"")))
                .extracting(Violation::toString)
                .containsExactly("/data is required; it may be {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"links\":\"crm:deal:1\"} | /data/links",
                "{\"links\":[7]} | /data/links/0",
                "{\"links\":[null]} | /data/links/0",
                "{\"attributes\":[]} | /data/attributes",
                "{\"attributes\":{\"a\":null}} | /data/attributes/a",
                "{\"attributes\":{\"a/b~\":{}}} | /data/attributes/a~1b~0",
                "{\"attributes\":{\"\":\"x\"}} | /data/attributes/",
                "{\"attributes\":{\"a\":\"\\u0000\"}} | /data/attributes/a",
                "{\"attributes\":{\"a\\u0000\":\"x\"}} | /data/attributes/a\ufffd",
                "{\"links\":[\"crm:deal:\\ud800\"]} | /data/links/0",
                "{\"title\":\"\\udc00\"} | /data/title",
                "[] | /data",
                "null | /data",
                "\"text\" | /data",
                "{\"status\":7} | /data/status",
                "{\"amount\":7} | /data/amount",
            })
    void data_with_one_flaw_is_refused_with_a_pointer_to_it(String data, String pointer) {
        assertThat(violations(event("\"data\":" + data)))
                .extracting(Violation::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"01\"",
                "1",
                "\"0\"",
                "\"9223372036854775807\"",
                "9223372036854775807",
                "\"00000000000000000000001\""
            })
    void a_sequence_is_digits_in_a_string_or_a_whole_number(String sequence) {
        Event event = read(event("\"data\":{},\"sequence\":" + sequence));

        assertThat(event.envelope().sequence()).isNotNull().isGreaterThanOrEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"-1\"",
                "-1",
                "1.0",
                "1e3",
                "\"9223372036854775808\"",
                "9223372036854775808",
                "\"1.5\"",
                "true"
            })
    void an_invalid_sequence_is_refused(String sequence) {
        assertThat(violations(event("\"data\":{},\"sequence\":" + sequence)))
                .extracting(Violation::pointer)
                .containsExactly("/sequence");
    }

    @Test
    void a_status_for_a_type_without_one_is_refused() {
        String event = event("\"data\":{\"status\":\"Deal Created\"}").replace("deal.created", "deal.updated");

        assertThat(violations(event))
                .extracting(Violation::toString)
                .singleElement()
                .asString()
                .contains("/data/status")
                .contains("give no status");
    }

    @Test
    void a_business_field_and_an_attribute_of_one_name_must_say_the_same() {
        Event same = read(event("\"data\":{\"amount\":\"5.00\",\"attributes\":{\"amount\":\"5.00\"}}"));

        assertThat(DomainEventData.of(same).attributes()).containsExactly(Map.entry("amount", "5.00"));
        assertThat(violations(event("\"data\":{\"amount\":\"5.00\",\"attributes\":{\"amount\":\"5\"}}")))
                .extracting(Violation::pointer)
                .containsExactly("/data/amount");
    }

    @Test
    void types_of_any_object_take_any_kind_of_their_domain_and_of_no_other() {
        String any = event("\"data\":{}").replace("crm.deal.created", "crm.object.updated");

        assertThat(read(any.replace("crm:deal:1", "crm:undeclared-kind:1"))
                        .envelope()
                        .subject())
                .isEqualTo("crm:undeclared-kind:1");
        assertThat(violations(any.replace("crm:deal:1", "dcm:invoice:1")))
                .extracting(Violation::pointer)
                .containsExactly("/subject");
    }

    @Test
    void a_retraction_without_ids_is_refused() {
        assertThat(violations(event("\"data\":{}").replace("crm.deal.created", "crm.event.retracted")))
                .extracting(Violation::pointer)
                .containsExactly("/data/retracts");
    }

    @Test
    void an_unknown_type_is_refused() {
        assertThat(violations(event("\"data\":{}").replace("crm.deal.created", "crm.deal.painted")))
                .extracting(Violation::pointer)
                .containsExactly("/type");
    }

    @Test
    void an_invalid_trace_context_is_dropped() {
        assertThat(read(event("\"data\":{},\"traceparent\":\"nonsense\""))
                        .envelope()
                        .traceparent())
                .isNull();
    }

    @Test
    void a_name_given_twice_and_text_after_the_end_are_refused() {
        assertThat(violations(event("\"data\":{},\"id\":\"" + ID + "\"")))
                .singleElement()
                .satisfies(v -> assertThat(v.message()).contains("is no JSON").contains("line 1"));
        assertThat(violations(event("\"data\":{\"amount\":\"1\",\"amount\":\"1\"}")))
                .hasSize(1);
        assertThat(violations(event("\"data\":{}") + "{}")).hasSize(1);
        assertThat(violations("{")).hasSize(1);
        assertThat(violations("")).hasSize(1);
        assertThat(violations("[]")).extracting(Violation::pointer).containsExactly("");
    }

    @Test
    void only_utf_8_is_read_and_the_place_of_anything_else_is_named() {
        String good = event("\"data\":{\"title\":\"К\"}");
        byte[] overlong = event("\"data\":{\"title\":\"~~\"}").getBytes(StandardCharsets.UTF_8);
        int at = new String(overlong, StandardCharsets.UTF_8).indexOf("~~");
        overlong[at] = (byte) 0xc1;
        overlong[at + 1] = (byte) 0x81;

        assertThat(json.read(good.getBytes(StandardCharsets.UTF_8))).isNotNull();
        assertThat(json.read(("\uFEFF" + good).getBytes(StandardCharsets.UTF_8)))
                .isNotNull();
        assertThatThrownBy(() -> json.read(overlong))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("must be UTF-8: what begins at byte " + at + " ");
        for (String other : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE")) {
            assertThatThrownBy(() -> json.read(good.getBytes(Charset.forName(other))))
                    .as(other)
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining("must be UTF-8");
        }
    }

    @Test
    void size_and_depth_are_bounded() {
        String deep = "[".repeat(40) + "]".repeat(40);
        String deeper = "[".repeat(100_000) + "]".repeat(100_000);
        String links = IntStream.range(0, 1001)
                .mapToObj(i -> "\"crm:deal:" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        String attributes =
                IntStream.range(0, 201).mapToObj(i -> "\"a" + i + "\":\"\"").collect(Collectors.joining(",", "{", "}"));

        assertThat(violations(event("\"data\":{\"title\":" + deep + "}")))
                .extracting(Violation::message)
                .containsExactly("is nested deeper than 32 levels");
        assertThat(violations(event("\"data\":{\"title\":" + deeper + "}"))).hasSize(1);
        assertThat(violations(event("\"data\":{\"title\":\"" + "x".repeat(300_000) + "\"}")))
                .extracting(Violation::pointer)
                .containsExactly("");
        assertThat(violations(event("\"data\":{\"title\":\"" + "x".repeat(17_000) + "\"}")))
                .extracting(Violation::pointer)
                .containsExactly("/data/title");
        assertThat(violations(event("\"data\":{\"links\":" + links + "}")))
                .extracting(Violation::pointer)
                .containsExactly("/data/links");
        assertThat(violations(event("\"data\":{\"attributes\":" + attributes + "}")))
                .extracting(Violation::pointer)
                .containsExactly("/data/attributes");
    }

    @Test
    void limits_also_apply_to_a_tree_that_the_caller_parsed() {
        var event = EventJson.parse(event("\"data\":{}").getBytes(StandardCharsets.UTF_8))
                .asObject();
        event.withObject("data").put("title", "x".repeat(300_000));

        assertThatThrownBy(() -> json.read(event))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("262144");
    }

    @Test
    void binary_mode_gives_the_same_event_and_the_same_pointers() {
        Event structured = read(event("\"data\":{\"links\":[\"crm:lead:7\"]},\"sequence\":3"));
        Map<String, String> attributes = new HashMap<>(ContextAttributes.write(structured.envelope()));
        attributes.put("datacontenttype", "application/json; charset=utf-8");

        assertThat(json.read(attributes, bytes("{\"links\":[\"crm:lead:7\"]}"))).isEqualTo(structured);
        attributes.remove("id");
        assertThat(catchThrowableOfType(
                                InvalidEventException.class, () -> json.read(attributes, bytes("{\"links\":[\"x\"]}")))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/id", "/data/links/0");
    }

    @Test
    void headers_of_binary_mode_carry_any_subject() {
        Envelope envelope = Envelope.builder(
                        UUID.fromString(ID),
                        "/docflow",
                        "docflow.contract.signed",
                        "docflow:contract:К-9 \"100%\" 😀",
                        Instant.parse("2026-01-01T00:00:00Z"))
                .correlationId("a b")
                .build();

        Map<String, String> headers = HttpBinaryMode.headers(envelope);

        assertThat(headers.get("ce-subject")).matches("[!-~]+");
        Event event = json.read(HttpBinaryMode.attributes(headers), bytes("{}"));
        assertThat(event.envelope()).isEqualTo(envelope);
        assertThatThrownBy(() -> HttpBinaryMode.attributes(Map.of("CE-Subject", "К-9")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("/subject");
        for (String wrong : List.of("docflow:contract:H%C3%28", "docflow:contract:H%FF%28")) {
            assertThatThrownBy(() -> HttpBinaryMode.attributes(Map.of("ce-subject", wrong)))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining("/subject must be percent-encoded UTF-8: what begins at byte 18 ");
        }
        assertThat(HttpBinaryMode.attributes(Map.of("Ce-Id", "\"a\\\"b\"", "Accept", "x", "traceparent", "t")))
                .isEqualTo(Map.of("id", "a\"b", "traceparent", "t"));
        assertThat(HttpBinaryMode.attributes(Map.of("ce-id", "100%", "ce-type", "%4", "ce-source", "%zz%41")))
                .isEqualTo(Map.of("id", "100%", "type", "%4", "source", "%zzA"));
    }

    private Event read(String text) {
        return json.read(bytes(text));
    }

    private List<Violation> violations(String text) {
        return catchThrowableOfType(InvalidEventException.class, () -> json.read(bytes(text)))
                .violations();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String rest) {
        return "{" + BASE + "," + rest + "}";
    }
}
