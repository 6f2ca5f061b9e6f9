package io.masterdeal.app.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An API of the platform: that of the service, or of the sandbox. */
public final class ServiceClient {

    private static final int PAGE = 1000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final String name;

    private final URI base;

    private final String key;

    /**
     * The API of the service.
     *
     * @param service base address
     * @param key API key; the operator's for repairs, any for the rest
     */
    public ServiceClient(URI service, String key) {
        this("service", service, key);
    }

    /**
     * Any API.
     *
     * @param name who answers there, for messages
     * @param base base address
     * @param key API key
     */
    public ServiceClient(String name, URI base, String key) {
        this.name = name;
        this.base = base;
        this.key = key;
    }

    /**
     * Reads every item of a paged list.
     *
     * @param path with its query, without limit and cursor
     * @param each takes the items in order
     * @throws ApiException if the service answers with a problem or not at all
     */
    public void forEach(String path, Consumer<JsonNode> each) throws InterruptedException {
        String limit = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        String next = "";
        while (true) {
            JsonNode page =
                    get(next.isEmpty() ? limit : limit + "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            page.path("items").forEach(each);
            if (!page.has("next")) {
                return;
            }
            next = page.path("next").stringValue();
        }
    }

    /**
     * Reads a resource.
     *
     * @param path with its query
     * @throws ApiException if the service answers with a problem or not at all
     */
    public JsonNode get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET(), path);
    }

    /**
     * Asks for an operation.
     *
     * @param path without a query
     * @throws ApiException if the service answers with a problem or not at all
     */
    public JsonNode post(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).POST(BodyPublishers.noBody()), path);
    }

    /**
     * Sends a JSON object.
     *
     * @param method PUT or POST
     * @param path without a query
     * @param body the object
     * @throws ApiException if the service answers with a problem or not at all
     */
    public JsonNode send(String method, String path, JsonNode body) throws InterruptedException {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString())),
                path);
    }

    /**
     * Ends what is there.
     *
     * @param path without a query
     * @throws ApiException if the service answers with a problem or not at all
     */
    public JsonNode delete(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).DELETE(), path);
    }

    /** An answer: JSON, whether what was asked for or a problem (RFC 9457). */
    public record Answer(int status, JsonNode body) {
        /** Whether it is what was asked for. */
        public boolean isOk() {
            return status / 100 == 2;
        }

        /** What the problem says. */
        public String detail() {
            return body.path("detail").asString(body.toString());
        }
    }

    /**
     * Reads a resource that need not be there.
     *
     * @param path with its query
     * @throws ApiException if nobody answers there, it fails, or it does not know the key
     */
    public Answer ask(String path) throws InterruptedException {
        HttpResponse<String> response =
                answer(HttpRequest.newBuilder(base.resolve(path)).GET());
        int status = response.statusCode();
        if (status == 401 || status >= 500) {
            throw refused(path, response);
        }
        try {
            return new Answer(status, JsonMapper.shared().readTree(response.body()));
        } catch (JacksonException e) {
            throw refused(path, response);
        }
    }

    private JsonNode send(HttpRequest.Builder request, String path) throws InterruptedException {
        HttpResponse<String> response = answer(request);
        if (response.statusCode() / 100 != 2) {
            throw refused(path, response);
        }
        return response.body().isEmpty()
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(response.body());
    }

    private ApiException refused(String path, HttpResponse<String> response) {
        return new ApiException(
                "the " + name + " answers " + path + " with " + response.statusCode() + ": " + problem(response.body()),
                response.statusCode() >= 500);
    }

    /** What a problem (RFC 9457) says, for people: everything that is wrong once, one a line. */
    private static String problem(String body) {
        JsonNode problem;
        try {
            problem = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return body;
        }
        if (!problem.path("errors").isEmpty() && problem.path("errors").isArray()) {
            StringBuilder text = new StringBuilder(problem.path("title").asString(""));
            for (JsonNode it : problem.path("errors")) {
                text.append("\n  ")
                        .append(it.path("pointer").asString(""))
                        .append(' ')
                        .append(it.path("detail").asString(it.toString()));
            }
            return text.toString();
        }
        return problem.path("detail").asString(body);
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest complete = request.header("Authorization", "Bearer " + key)
                .timeout(Duration.ofMinutes(10))
                .build();
        try {
            return http.send(complete, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ApiException("the " + name + " at " + base + " cannot be reached: " + e, e);
        }
    }
}
