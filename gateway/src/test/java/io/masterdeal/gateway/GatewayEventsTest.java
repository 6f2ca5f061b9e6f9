package io.masterdeal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.gateway.RunningGateway.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are taken are in Kafka as they were sent. */
class GatewayEventsTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void an_event_in_structured_mode_is_in_kafka_when_it_is_answered() throws Exception {
        // given
        var sent = Events.dealCreated("S-1");
        sent.put("sequence", 7);
        sent.put("correlationid", "chain-1");

        // when
        Reply reply = gateway.structured("crm", sent);

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.at("/id")).isEqualTo(Events.id(sent));
        assertThat(reply.at("/topic")).isEqualTo("crm.events");
        Event kept = kept(reply);
        assertThat(kept.envelope().id()).hasToString(Events.id(sent));
        assertThat(kept.envelope().subject()).isEqualTo("crm:deal:S-1");
        assertThat(kept.envelope().time()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123Z"));
        assertThat(kept.envelope().sequence()).isEqualTo(7L);
        assertThat(kept.envelope().correlationId()).isEqualTo("chain-1");
        assertThat(DomainEventData.of(kept).attributes()).containsEntry("amount", "20000");
        assertThat(DomainEventData.of(kept).status()).isEqualTo("Deal Created");
    }

    @Test
    void an_event_as_a_replay_writes_it_is_accepted_as_it_is() throws Exception {
        // when
        Reply reply = gateway.structured("crm", """
                {"specversion":"1.0","id":"565d1252-04cc-5722-8ca7-9a5ea9dfb9ab","source":"/crm","type":"crm.deal.created",\
                "subject":"crm:deal:173688","time":"2011-09-30T22:38:44.546Z","datacontenttype":"application/json",\
                "correlationid":"82e8f5d8-d337-5693-aff9-51406c4ed467",\
                "data":{"status":"Deal Created","links":[],"attributes":{"amount":"20000"}},"sequence":"0"}""");

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(kept(reply).envelope().sequence()).isZero();
    }

    @Test
    void an_event_in_binary_mode_has_its_attributes_in_percent_encoded_headers() throws Exception {
        // given
        String id = UUID.randomUUID().toString();

        // when
        Reply reply = gateway.send(gateway.request("/events", "docflow")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/docflow")
                .header("ce-type", "docflow.contract.signed")
                .header("ce-subject", "docflow:contract:%D0%9A-9")
                .header("ce-time", "2026-03-01T10:00:00Z")
                .header("ce-correlationid", "\"in%20quotes\"")
                .header("traceparent", TRACE)
                .POST(BodyPublishers.ofString("{\"links\":[\"crm:deal:D-1\"],\"attributes\":{\"номер\":\"К-9\"}}")));

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        Event kept = kept(reply);
        assertThat(kept.envelope().id()).hasToString(id);
        assertThat(kept.envelope().subject()).isEqualTo("docflow:contract:К-9");
        assertThat(kept.envelope().correlationId()).isEqualTo("in quotes");
        assertThat(kept.envelope().traceparent()).isEqualTo(TRACE);
        assertThat(DomainEventData.of(kept).attributes()).containsEntry("номер", "К-9");
        assertThat(DomainEventData.of(kept).links()).containsExactly("crm:deal:D-1");
    }

    @Test
    void a_batch_is_taken_in_the_order_sent() throws Exception {
        // given
        var events = List.of(
                Events.dealCreated("B-1"),
                Events.of("crm.brief.submitted", "crm:deal:B-1", Map.of()),
                Events.of("crm.offer.sent", "crm:deal:B-1", Map.of()));

        // when
        Reply reply = gateway.batch("crm", events);

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(reply.json().at("/items").size()).isEqualTo(3);
        long first = reply.json().at("/items/0/offset").asLong();
        for (int i = 0; i < 3; i++) {
            assertThat(reply.at("/items/" + i + "/id")).isEqualTo(Events.id(events.get(i)));
            assertThat(reply.json().at("/items/" + i + "/status").asInt()).isEqualTo(202);
            assertThat(reply.json().at("/items/" + i + "/offset").asLong()).isEqualTo(first + i);
        }
        Event last = Infrastructure.eventAt(
                "crm.events", reply.json().at("/items/2/partition").asInt(), first + 2);
        assertThat(last.envelope().type()).isEqualTo("crm.offer.sent");
    }

    @Test
    void a_bad_event_in_the_middle_of_a_batch_does_not_stop_the_good_ones() throws Exception {
        // given
        var good = Events.dealCreated("M-1");
        var wrong = Events.with(Events.dealCreated("M-2"), "data", Map.of("links", List.of("nonsense")));
        var foreign = Events.contractSigned("K-1", "M-1");
        var last = Events.dealCreated("M-3");
        String twice = "{\"id\":\"a\",\"id\":\"b\"}";
        String body = "["
                + String.join(
                        " ,\n",
                        RunningGateway.JSON.writeValueAsString(good),
                        RunningGateway.JSON.writeValueAsString(wrong),
                        "17",
                        twice,
                        RunningGateway.JSON.writeValueAsString(foreign),
                        RunningGateway.JSON.writeValueAsString(last))
                + " ]";

        // when
        Reply reply = gateway.batch("crm", body);

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(207);
        assertThat(statuses(reply)).containsExactly(202, 422, 400, 400, 403, 202);
        assertThat(reply.at("/items/1/id")).isEqualTo(Events.id(wrong));
        assertThat(reply.at("/items/1/problem/errors/0/pointer")).isEqualTo("/1/data/links/0");
        assertThat(reply.at("/items/2/problem/errors/0/pointer")).isEqualTo("/2");
        assertThat(reply.at("/items/4/problem/errors/0/pointer")).isEqualTo("/4/type");
        Event kept = Infrastructure.eventAt(
                "crm.events",
                reply.json().at("/items/5/partition").asInt(),
                reply.json().at("/items/5/offset").asLong());
        assertThat(kept.envelope().id()).hasToString(Events.id(last));
    }

    @Test
    void a_batch_of_which_nothing_is_taken_is_a_problem_with_its_items() throws Exception {
        // when
        Reply reply = gateway.batch(
                "crm",
                List.of(
                        Events.with(Events.dealCreated("N-1"), "time", "yesterday"),
                        Events.with(Events.dealCreated("N-2"), "id", "1")));

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(statuses(reply)).containsExactly(422, 422);
        assertThat(reply.at("/items/0/problem/errors/0/pointer")).isEqualTo("/0/time");
        assertThat(reply.at("/items/1/problem/errors/0/pointer")).isEqualTo("/1/id");
    }

    @Test
    void a_thousand_events_are_one_batch() throws Exception {
        // given
        var events = IntStream.range(0, 1000)
                .mapToObj(i -> Events.dealCreated("T-" + i))
                .toList();

        // when
        Reply taken = gateway.batch("crm", events);
        Reply empty = gateway.batch("crm", "[]");

        // then
        assertThat(taken.status()).isEqualTo(202);
        assertThat(statuses(taken)).hasSize(1000).containsOnly(202);
        assertThat(empty.status()).isEqualTo(202);
        assertThat(empty.json().at("/items").size()).isZero();
    }

    @Test
    void the_trace_context_of_the_request_goes_into_events_that_have_none() throws Exception {
        // given
        String own = TRACE.replace("0af", "aaa");
        var without = Events.dealCreated("TR-1");
        var with = Events.with(Events.dealCreated("TR-1"), "traceparent", own);

        // when
        Reply reply = gateway.send(gateway.request("/events", "crm")
                .header("Content-Type", "application/cloudevents-batch+json")
                .header("traceparent", TRACE)
                .POST(BodyPublishers.ofString(RunningGateway.JSON.writeValueAsString(List.of(without, with)))));

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        int partition = reply.json().at("/items/0/partition").asInt();
        long offset = reply.json().at("/items/0/offset").asLong();
        assertThat(Infrastructure.eventAt("crm.events", partition, offset)
                        .envelope()
                        .traceparent())
                .isEqualTo(TRACE);
        assertThat(Infrastructure.eventAt("crm.events", partition, offset + 1)
                        .envelope()
                        .traceparent())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docflow", "operator"})
    void a_domain_and_an_operator_may_retract(String principal) throws Exception {
        // given
        var retraction = Events.of(
                "docflow.event.retracted",
                "docflow:contract:R-1",
                Map.of("retracts", List.of(UUID.randomUUID().toString())));

        // when
        Reply reply = gateway.structured(principal, retraction);

        // then
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(DomainEventData.of(kept(reply)).retracts()).hasSize(1);
    }

    private static List<Integer> statuses(Reply reply) {
        return reply.json()
                .at("/items")
                .valueStream()
                .map(item -> item.get("status").asInt())
                .toList();
    }

    private static Event kept(Reply reply) {
        return Infrastructure.eventAt(
                reply.at("/topic"),
                reply.json().at("/partition").asInt(),
                reply.json().at("/offset").asLong());
    }
}
