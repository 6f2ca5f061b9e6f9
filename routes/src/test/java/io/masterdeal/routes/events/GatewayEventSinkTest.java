package io.masterdeal.routes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.routes.servers.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events of routes wait for whatever is not their own fault, and until the route is stopped. */
@Timeout(60)
class GatewayEventSinkTest {

    private final AtomicBoolean goOn = new AtomicBoolean(true);

    private Endpoint gateway;

    private GatewayEventSink sink;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        gateway = Endpoint.start();
        Path keys = folder.resolve("keys");
        var _ = ApiKeys.generate(keys, List.of("crm"));
        sink = new GatewayEventSink(
                URI.create(gateway.url()), keys, folder.resolve("rejected"), UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        sink.close();
        gateway.close();
    }

    private static List<ObjectNode> events(String... ids) {
        return List.of(ids).stream()
                .map(id -> JsonMapper.shared().createObjectNode().put("id", id))
                .toList();
    }

    private CompletableFuture<List<@Nullable JsonNode>> publish(String... ids) {
        return CompletableFuture.supplyAsync(() -> sink.publish("crm", events(ids), goOn::get));
    }

    @Test
    void events_wait_while_their_key_is_refused() {
        // given
        gateway.answers(401, "{\"detail\":\"no such key\"}");
        CompletableFuture<List<@Nullable JsonNode>> problems = publish("a", "b");
        await().until(() -> sink.waitsFor().contains("gateway at " + gateway.url() + " answers /events with 401"));

        // when
        gateway.answers(
                207,
                "{\"items\":[{\"status\":202},{\"status\":422,\"problem\":"
                        + "{\"detail\":\"wrong\",\"errors\":[{\"pointer\":\"/1/time\",\"message\":\"no time\"}]}}]}");

        // then
        List<@Nullable JsonNode> told = problems.join();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isNull();
        JsonNode problem = Objects.requireNonNull(told.getLast());
        assertThat(problem.path("detail").stringValue()).isEqualTo("wrong");
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("/time");
        assertThat(sink.waitsFor()).isEmpty();
    }

    @Test
    void a_stopped_route_and_a_closed_sink_end_the_wait() {
        // given
        gateway.answers(503, "");
        CompletableFuture<List<@Nullable JsonNode>> stopped = publish("a");
        await().until(() -> !sink.waitsFor().isEmpty());

        // when
        goOn.set(false);

        // then
        assertThatThrownBy(stopped::join).hasCauseInstanceOf(EventSinkClosedException.class);

        // and
        goOn.set(true);
        CompletableFuture<List<@Nullable JsonNode>> closed = publish("b");
        await().until(() -> !sink.waitsFor().isEmpty());
        sink.close();
        assertThatThrownBy(closed::join).hasCauseInstanceOf(EventSinkClosedException.class);
        assertThat(sink.waitsFor()).isEmpty();
    }
}
