package io.masterdeal.app.send;

import io.masterdeal.app.send.ToSend.Binary;
import io.masterdeal.app.send.ToSend.Structured;
import io.masterdeal.app.send.ToSend.Unreadable;
import io.masterdeal.client.ApiException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Gives events to the gateway in the order they come, each with the key of its domain. Those of one domain that follow each
 * other go in one request.
 */
public final class Sender implements AutoCloseable {
    private static final int BATCH = 250;
    private static final int BATCH_CHARACTERS = 1 << 20;
    private static final Pattern TYPE = Pattern.compile("([a-z][a-z0-9-]*)\\..*", Pattern.DOTALL);

    /**
     * What became of an event.
     *
     * @param placed where Kafka has it, {@code topic-partition@offset}; null if it was not taken
     * @param wrong what is wrong with it; empty if it was taken
     */
    public record Sent(@Nullable String placed, String wrong) {
        static Sent refused(String wrong) {
            return new Sent(null, wrong);
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI gateway;
    private final Path apiKeys;
    private final BiConsumer<ToSend, Sent> told;
    private final Map<String, String> keys = new HashMap<>();
    private final List<Structured> waiting = new ArrayList<>();
    private String waitingFor = "";
    private int characters;

    /**
     * @param gateway base address
     * @param apiKeys directory of the keys
     * @param told what became of each event, in the order they came
     */
    public Sender(URI gateway, Path apiKeys, BiConsumer<ToSend, Sent> told) {
        this.gateway = gateway;
        this.apiKeys = apiKeys;
        this.told = told;
    }

    /**
     * Takes the next one.
     *
     * @throws ApiException if the gateway does not answer
     */
    public void send(ToSend next) throws InterruptedException {
        if (next instanceof Unreadable unreadable) {
            finish();
            told.accept(next, Sent.refused(unreadable.reason()));
            return;
        }
        String domain = domain(next.type());
        String missing = domain == null
                ? "/type tells no domain, such as crm.deal.created does, so it is not known with which key to send it"
                : missingKey(domain);
        if (domain == null || missing != null) {
            finish();
            told.accept(next, Sent.refused(String.valueOf(missing)));
            return;
        }
        switch (next) {
            case Structured structured -> wait(domain, structured);
            case Binary binary -> {
                finish();
                post(domain, binary);
            }
            case Unreadable _ -> throw new IllegalStateException("handled above");
        }
    }

    /**
     * Sends what is left.
     *
     * @throws ApiException if the gateway does not answer
     */
    public void finish() throws InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        List<Structured> events = List.copyOf(waiting);
        waiting.clear();
        characters = 0;
        var body = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> body.add(event.event()));
        HttpResponse<String> response = ask(request(waitingFor)
                .header("Content-Type", "application/cloudevents-batch+json; charset=UTF-8")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
        JsonNode answer = json(response);
        JsonNode items = answer.path("items");
        for (int i = 0; i < events.size(); i++) {
            told.accept(
                    events.get(i),
                    items.size() == events.size()
                            ? sent(
                                    items.get(i).path("status").intValue(),
                                    items.get(i),
                                    items.get(i).path("problem"),
                                    "/" + i)
                            : sent(response.statusCode(), answer, answer, ""));
        }
    }

    private void wait(String domain, Structured event) throws InterruptedException {
        int length = event.event().toString().length();
        if (!domain.equals(waitingFor) || waiting.size() == BATCH || characters + length > BATCH_CHARACTERS) {
            finish();
        }
        waitingFor = domain;
        waiting.add(event);
        characters += length;
    }

    private void post(String domain, Binary event) throws InterruptedException {
        HttpRequest.Builder request = request(domain).POST(BodyPublishers.ofByteArray(event.data()));
        event.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        HttpResponse<String> response = ask(request.build());
        JsonNode answer = json(response);
        told.accept(event, sent(response.statusCode(), answer, answer, ""));
    }

    private HttpRequest.Builder request(String domain) {
        return HttpRequest.newBuilder(gateway.resolve("/events"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + keys.get(domain));
    }

    private HttpResponse<String> ask(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ApiException(
                    "the gateway at " + gateway + " cannot be reached: " + e
                            + ". What is not told above may not have been taken; to send it again does no harm.",
                    e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static Sent sent(int status, JsonNode taken, JsonNode problem, String placeInBatch) {
        if (status == 202) {
            return new Sent(
                    taken.path("topic").asString("") + "-"
                            + taken.path("partition").asInt(0) + "@"
                            + taken.path("offset").asLong(0),
                    "");
        }
        var reasons = new StringJoiner("; ");
        for (JsonNode error : problem.path("errors")) {
            String pointer = error.path("pointer").asString("");
            pointer = pointer.startsWith(placeInBatch) ? pointer.substring(placeInBatch.length()) : pointer;
            reasons.add((pointer + " " + error.path("message").asString("")).strip());
        }
        if (reasons.length() == 0) {
            reasons.add(problem.path("detail").asString("the gateway answers with " + status));
        }
        return Sent.refused(reasons.toString());
    }

    private static @Nullable String domain(@Nullable String type) {
        if (type == null) {
            return null;
        }
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Says why there is no key of a domain; null if there is one. */
    private @Nullable String missingKey(String domain) {
        if (!keys.containsKey(domain)) {
            try {
                keys.put(domain, ApiKeys.read(apiKeys, domain));
            } catch (ApiKeyException | IllegalArgumentException e) {
                return "/type is of the domain " + domain + ": " + e.getMessage();
            }
        }
        return null;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
