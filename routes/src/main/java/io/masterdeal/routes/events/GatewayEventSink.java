package io.masterdeal.routes.events;

import io.masterdeal.contracts.apikey.ApiKeyException;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes events of routes at the gateway's {@code POST /events}, each domain with its key: so what holds for every system holds
 * for routes too. While the gateway cannot take anything, it is asked again, without end: an event is taken or refused, or the
 * route is told that it was stopped.
 */
public final class GatewayEventSink implements EventSink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayEventSink.class);

    private static final int BATCH = 250;

    private static final int BATCH_CHARACTERS = 1 << 20;

    private static final long FIRST_PAUSE_MS = 200;

    private static final long LONGEST_PAUSE_MS = 5_000;

    private static final long LOOK_EVERY_MS = 100;

    private static final long TELL_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final int TAKEN = 202;

    /** Not the event's fault: a key that was replaced, a wrong address, a gateway that is busy. */
    private static final Set<Integer> NOT_THE_EVENTS_FAULT = Set.of(401, 404, 405, 408, 425, 429);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI gateway;

    private final Path apiKeys;

    private final RejectedItems rejected;

    private volatile boolean closed;

    private final Map<Thread, String> waiting = new ConcurrentHashMap<>();

    /**
     * @param gateway base address
     * @param apiKeys directory of the keys; read whenever one is used, so that a new one counts at once
     * @param rejected where refused items are kept that came in no file
     * @param untold takes secrets out of what is kept and logged about them
     */
    public GatewayEventSink(URI gateway, Path apiKeys, Path rejected, UnaryOperator<String> untold) {
        this.gateway = gateway;
        this.apiKeys = apiKeys;
        this.rejected = new RejectedItems(rejected, Clock.systemUTC(), untold);
    }

    @Override
    public void check(String domain) {
        var _ = ApiKeys.read(apiKeys, domain);
    }

    @Override
    public void keep(Rejected item) {
        rejected.keep(item);
    }

    /** What is waited for just now, in words; empty if nothing is. */
    public String waitsFor() {
        return waiting.values().stream().findFirst().orElse("");
    }

    @Override
    public List<@Nullable JsonNode> publish(String domain, List<ObjectNode> events, BooleanSupplier goOn) {
        List<@Nullable JsonNode> problems = new ArrayList<@Nullable JsonNode>();
        events.forEach(_ -> problems.add(null));
        List<Integer> batch = new ArrayList<>();
        int characters = 0;
        for (int i = 0; i < events.size(); i++) {
            int length = events.get(i).toString().length();
            if (batch.size() == BATCH || (!batch.isEmpty() && characters + length > BATCH_CHARACTERS)) {
                publish(domain, events, batch, problems, goOn);
                batch = new ArrayList<>();
                characters = 0;
            }
            batch.add(i);
            characters += length;
        }
        if (!batch.isEmpty()) {
            publish(domain, events, batch, problems, goOn);
        }
        return problems;
    }

    /** Asks until each event of a batch is decided. */
    private void publish(
            String domain,
            List<ObjectNode> events,
            List<Integer> batch,
            List<@Nullable JsonNode> problems,
            BooleanSupplier goOn) {
        try {
            decideAll(domain, events, batch, problems, goOn);
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    private void decideAll(
            String domain,
            List<ObjectNode> events,
            List<Integer> batch,
            List<@Nullable JsonNode> problems,
            BooleanSupplier goOn) {
        long pause = FIRST_PAUSE_MS;
        long told = 0;
        Attempt attempt = attempt(domain, events, batch, problems);
        while (!attempt.open().isEmpty()) {
            String waitsFor = "the gateway at " + gateway + ", since " + attempt.because();
            waiting.put(Thread.currentThread(), waitsFor);
            if (told == 0 || System.nanoTime() - told > TELL_EVERY_NANOS) {
                told = System.nanoTime();
                log.warn("events of {} wait for {}; trying again", domain, waitsFor);
            }
            pause(pause, waitsFor, goOn);
            pause = Math.min(LONGEST_PAUSE_MS, 2 * pause);
            attempt = attempt(domain, events, attempt.open(), problems);
        }
        if (told != 0) {
            log.info("the gateway takes events of {} again", domain);
        }
    }

    private void pause(long ms, String waitsFor, BooleanSupplier goOn) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() < end) {
            if (closed || !goOn.getAsBoolean()) {
                throw new EventSinkClosedException("stopped while it waited for " + waitsFor);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EventSinkClosedException("stopped while it waited for " + waitsFor);
            }
        }
    }

    /**
     * What came of one request.
     *
     * @param open those that are not decided
     * @param because why not
     */
    private record Attempt(List<Integer> open, String because) {
        static final Attempt DONE = new Attempt(List.of(), "");
    }

    private Attempt attempt(
            String domain, List<ObjectNode> events, List<Integer> batch, List<@Nullable JsonNode> problems) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        batch.forEach(i -> body.add(events.get(i)));
        HttpResponse<String> response;
        try {
            response = http.send(request(domain, body.toString()), BodyHandlers.ofString());
        } catch (IOException | ApiKeyException e) {
            return new Attempt(batch, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventSinkClosedException("stopped while the gateway at " + gateway + " was asked");
        }
        JsonNode answer = json(response.body());
        JsonNode items = answer.path("items");
        int status = response.statusCode();
        if (items.size() == batch.size()) {
            return decide(batch, items, problems);
        }
        if (status / 100 != 4 || NOT_THE_EVENTS_FAULT.contains(status)) {
            return new Attempt(
                    batch,
                    "it answers with " + status + " " + answer.path("title").asString(""));
        }
        if (batch.size() > 1) {
            for (Integer each : batch) {
                Attempt alone = attempt(domain, events, List.of(each), problems);
                if (!alone.open().isEmpty()) {
                    return new Attempt(batch, alone.because());
                }
            }
            return Attempt.DONE;
        }
        problems.set(batch.getFirst(), answer.isObject() ? answer : Problems.of("refused", "status " + status));
        return Attempt.DONE;
    }

    private static Attempt decide(List<Integer> batch, JsonNode items, List<@Nullable JsonNode> problems) {
        List<Integer> open = new ArrayList<>();
        String because = "";
        for (int i = 0; i < batch.size(); i++) {
            JsonNode item = items.get(i);
            int status = item.path("status").asInt(0);
            if (status == TAKEN) {
                problems.set(batch.get(i), null);
            } else if (status / 100 == 4) {
                problems.set(batch.get(i), withoutPlace(item.path("problem"), "/" + i));
            } else {
                open.add(batch.get(i));
                because = item.path("problem").path("detail").asString("it answers with " + status);
            }
        }
        return new Attempt(open, because);
    }

    /** Pointers into the event, not into the batch that it was sent in. */
    private static JsonNode withoutPlace(JsonNode problem, String place) {
        JsonNode copy = problem.deepCopy();
        copy.path("errors").forEach(error -> {
            String pointer = error.path("pointer").asString("");
            if (error instanceof ObjectNode object && pointer.startsWith(place)) {
                object.put("pointer", pointer.substring(place.length()));
            }
        });
        return copy;
    }

    private HttpRequest request(String domain, String body) {
        return HttpRequest.newBuilder(gateway.resolve("/events"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + ApiKeys.read(apiKeys, domain))
                .header("Content-Type", "application/cloudevents-batch+json; charset=UTF-8")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode json(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** Whoever waits is told that it was stopped. */
    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}
