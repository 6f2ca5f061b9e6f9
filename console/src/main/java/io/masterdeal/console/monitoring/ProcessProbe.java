package io.masterdeal.console.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one process how it does. */
final class ProcessProbe implements AutoCloseable {

    static final String HEALTH = "/actuator/health";
    static final String INTAKE = "/intake";
    static final String RELAY = "/relay";
    static final String DELAYS = "/delays";
    static final String LEDGER = "/ledger";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 8L << 20;

    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    ProcessProbe(String key) {
        this.key = key;
    }

    /** An answer of any status. */
    private record Answer(int status, String body) {}

    ProcessSample ask(ProcessAddress process) {
        try {
            Answer health = get(process, HEALTH);
            JsonNode read = json(health.body());
            Map<String, String> components = new HashMap<>();
            read.path("components")
                    .properties()
                    .forEach(each -> components.put(
                            each.getKey(), each.getValue().path("status").asString("")));
            Map<Metric, Double> metrics = new HashMap<>();
            Answer text = get(process, "/actuator/prometheus");
            if (text.status() == 200) {
                metrics.putAll(MetricsText.read(text.body()));
            }
            Map<String, JsonNode> answers = answers(process);
            Figures.add(answers, metrics);
            boolean ready = get(process, HEALTH + "/readiness").status() == 200;
            return new ProcessSample(
                    process,
                    "",
                    read.path("status").asString("UNKNOWN"),
                    ready,
                    Map.copyOf(components),
                    Map.copyOf(metrics),
                    Map.copyOf(answers));
        } catch (IOException e) {
            return away(process, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return away(process, "interrupted");
        }
    }

    private static ProcessSample away(ProcessAddress process, String why) {
        return new ProcessSample(process, why, "", false, Map.of(), Map.of(), Map.of());
    }

    private Map<String, JsonNode> answers(ProcessAddress process) throws IOException, InterruptedException {
        Map<String, JsonNode> answers = new HashMap<>();
        for (String path : paths(process.role())) {
            Answer answer = get(process, path);
            JsonNode body = answer.status() == 200 ? json(answer.body()) : null;
            if (body != null && body.isObject()) {
                answers.put(path, body);
            }
        }
        return answers;
    }

    private static List<String> paths(String role) {
        return switch (role) {
            case ProcessAddress.SERVICE -> List.of(INTAKE, RELAY, DELAYS);
            case ProcessAddress.ROUTER -> List.of(LEDGER, DELAYS);
            default -> List.of();
        };
    }

    private Answer get(ProcessAddress process, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(process.address().toString().replaceAll("/+$", "") + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        return new Answer(answer.statusCode(), answer.body());
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return JsonMapper.shared().readTree(text == null || text.isEmpty() ? "{}" : text);
        } catch (JacksonException _) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
