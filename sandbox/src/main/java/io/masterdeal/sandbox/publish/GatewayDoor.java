package io.masterdeal.sandbox.publish;

import io.masterdeal.sandbox.publish.Ledger.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /events} of the gateway, as a domain uses it: a batch with its own key. */
final class GatewayDoor {
    /** What the gateway said about one event. */
    sealed interface Verdict {
        /** It has it. */
        record Taken() implements Verdict {}

        /** It may take it later. */
        record Again() implements Verdict {}

        /** It never will. */
        record Refused(String why) implements Verdict {}
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long MAX_ANSWER_BYTES = 4L << 20;
    private static final int MAX_REASON = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final URI events;
    private final String key;

    GatewayDoor(HttpClient client, URI gateway, String key) {
        this.client = client;
        this.events = URI.create(gateway.toString().replaceAll("/+$", "") + "/events");
        this.key = key;
    }

    /**
     * Sends a batch.
     *
     * @return a verdict for each, in order; empty if the batch as a whole was refused and may be sent in parts
     */
    List<Verdict> send(List<Line> batch) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(
                    HttpRequest.newBuilder(events)
                            .timeout(TIMEOUT)
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/cloudevents-batch+json")
                            .POST(BodyPublishers.ofByteArray(body(batch)))
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
        } catch (IOException e) {
            return all(batch, new Verdict.Again());
        }
        return verdicts(batch, response.statusCode(), response.body());
    }

    private static List<Verdict> verdicts(List<Line> batch, int status, String body) {
        JsonNode items = items(body);
        if (items.size() == batch.size()) {
            var verdicts = new ArrayList<Verdict>();
            for (JsonNode item : items) {
                verdicts.add(verdict(
                        item.path("status").asInt(0), item.path("problem").toString()));
            }
            return verdicts;
        }
        if (status / 100 == 4 && status != 429 && batch.size() > 1) {
            return List.of();
        }
        return all(batch, verdict(status, body));
    }

    private static Verdict verdict(int status, String why) {
        if (status / 100 == 2) {
            return new Verdict.Taken();
        }
        if (status / 100 == 4 && status != 429 && status != 408) {
            String reason = status + " " + why;
            return new Verdict.Refused(reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        }
        return new Verdict.Again();
    }

    private static JsonNode items(String body) {
        try {
            return JSON.readTree(body).path("items");
        } catch (JacksonException e) {
            return JSON.createArrayNode();
        }
    }

    private static List<Verdict> all(List<Line> batch, Verdict verdict) {
        return batch.stream().map(line -> verdict).toList();
    }

    private static byte[] body(List<Line> batch) {
        var body = new ByteArrayOutputStream();
        body.write('[');
        for (Line line : batch) {
            if (body.size() > 1) {
                body.write(',');
            }
            body.writeBytes(line.emission().json());
        }
        body.write(']');
        return body.toByteArray();
    }
}
