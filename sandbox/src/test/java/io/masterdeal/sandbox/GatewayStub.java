package io.masterdeal.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.DomainEventData;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stub of gateway, Kafka and service: accepts events that keep the contracts, forwards calls to the sandbox, sends the command for a
 * media plan, and answers with the highest stage that any event of the deal's story implies.
 */
final class GatewayStub implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> STAGES = Map.of(
            "crm.deal.created", "lead_created",
            "crm.brief.submitted", "briefed",
            "media.mediaplan.ready", "offer_ready",
            "legal.approved", "contracting",
            "dcm.invoice.issued", "closing",
            "dcm.closeout.completed", "closed",
            "docflow.act.completed", "closed");
    private static final List<String> ORDER =
            List.of("none", "lead_created", "briefed", "offer_ready", "contracting", "closing", "closed");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private final Path keys;
    private final ApiKeys known;
    private final EventJson contracts = new EventJson(EventCatalog.bundled());
    private final Map<String, String> stageOfStory = new ConcurrentHashMap<>();
    private final Map<String, String> storyOfDeal = new ConcurrentHashMap<>();
    private final Set<String> commanded = ConcurrentHashMap.newKeySet();

    /** What it answers about the clocks of every deal. */
    volatile String sla = "[]";

    final List<Event> taken = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    volatile Consumer<Event> listener = event -> {};
    volatile boolean takesEvents = true;
    volatile boolean routesCalls = true;
    volatile boolean knowsDeals = true;
    private volatile @Nullable URI sandbox;

    GatewayStub(Path keys) throws IOException {
        this.keys = keys;
        this.known = ApiKeys.load(keys);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void routeTo(URI address) {
        sandbox = address;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String caller = known.principal(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            String path = exchange.getRequestURI().getRawPath();
            if (caller.isEmpty()) {
                reply(exchange, 401, "{}");
            } else if (path.equals("/events")) {
                events(exchange, caller);
            } else if (path.startsWith("/masterdeal/")) {
                stage(exchange, path.substring("/masterdeal/".length()));
            } else if (routesCalls) {
                handOn(exchange, caller);
            } else {
                reply(exchange, 503, "{}");
            }
        }
    }

    private void events(HttpExchange exchange, String caller) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!takesEvents) {
            reply(exchange, 503, "{}");
            return;
        }
        ArrayNode items = JSON.createArrayNode();
        int status = 202;
        for (JsonNode json : JSON.readTree(body)) {
            ObjectNode item = items.addObject();
            try {
                Event event = contracts.read(json);
                if (!event.envelope().type().startsWith(caller + ".")) {
                    throw new IllegalStateException(
                            caller + " tells " + event.envelope().type());
                }
                item.put("status", 202);
                take(event);
            } catch (InvalidEventException | IllegalStateException e) {
                refused.add(e.getMessage() + " " + json);
                item.put("status", 422).putObject("problem").put("detail", e.getMessage());
                status = 207;
            }
        }
        reply(exchange, status, JSON.createObjectNode().set("items", items).toString());
    }

    private void take(Event event) {
        taken.add(event);
        String story = String.valueOf(event.envelope().correlationId());
        if (event.envelope().subject().startsWith("crm:deal:")) {
            storyOfDeal.put(event.envelope().subject(), story);
        }
        String stage = STAGES.get(event.envelope().type());
        if (stage != null) {
            stageOfStory.merge(story, stage, (one, other) -> ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other);
        }
        if (event.envelope().type().equals("crm.brief.submitted")
                && commanded.add(event.envelope().id().toString())
                && routesCalls
                && knowsDeals) {
            threads.execute(() -> command(event));
        }
        listener.accept(event);
    }

    private void command(Event brief) {
        ObjectNode body = JSON.createObjectNode()
                .put("deal", brief.envelope().subject())
                .put("correlation_id", brief.envelope().correlationId())
                .put("causation_id", brief.envelope().id().toString());
        ObjectNode attributes = body.putObject("attributes");
        DomainEventData.of(brief).attributes().forEach(attributes::put);
        try {
            send(toSandbox("/media/api/mediaplan/request", "masterdeal")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", brief.envelope().id().toString())
                    .POST(BodyPublishers.ofString(body.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stage(HttpExchange exchange, String deal) throws IOException {
        String story = storyOfDeal.get(deal);
        if (story == null || !knowsDeals) {
            reply(exchange, 404, "{}");
        } else {
            String stage = stageOfStory.getOrDefault(story, "none");
            ObjectNode answer = JSON.createObjectNode().put("stage", stage);
            answer.set("sla", JSON.readTree(sla));
            reply(exchange, 200, answer.toString());
        }
    }

    private void handOn(HttpExchange exchange, String caller) throws IOException {
        HttpRequest.Builder request =
                toSandbox(exchange.getRequestURI().toString(), "gateway").header("masterdeal-caller", caller);
        for (String name : List.of("Idempotency-Key", "traceparent", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        request.method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<String> response = send(request);
            reply(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder toSandbox(String path, String principal) {
        return HttpRequest.newBuilder(URI.create(sandbox + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + ApiKeys.read(keys, principal));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Types told about a story, in the order taken. */
    List<String> typesOf(String deal) {
        String story = storyOfDeal.get(deal);
        var types = new ArrayList<String>();
        for (Event event : taken) {
            if (String.valueOf(event.envelope().correlationId()).equals(story)) {
                types.add(event.envelope().type());
            }
        }
        return types;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
