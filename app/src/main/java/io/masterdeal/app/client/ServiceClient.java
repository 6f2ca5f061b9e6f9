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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service's API. */
public final class ServiceClient {

    private static final int PAGE = 1000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final URI service;

    private final String key;

    /**
     * @param service base address
     * @param key API key; the operator's for repairs, any for the rest
     */
    public ServiceClient(URI service, String key) {
        this.service = service;
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
        return send(HttpRequest.newBuilder(service.resolve(path)).GET(), path);
    }

    /**
     * Asks for an operation.
     *
     * @param path without a query
     * @throws ApiException if the service answers with a problem or not at all
     */
    public JsonNode post(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(service.resolve(path)).POST(BodyPublishers.noBody()), path);
    }

    private JsonNode send(HttpRequest.Builder request, String path) throws InterruptedException {
        HttpRequest complete = request.header("Authorization", "Bearer " + key)
                .timeout(Duration.ofMinutes(10))
                .build();
        try {
            HttpResponse<String> response = http.send(complete, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new ApiException(
                        "the service answers " + path + " with " + response.statusCode() + ": " + response.body(),
                        response.statusCode() >= 500);
            }
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException e) {
            throw new ApiException("the service at " + service + " cannot be reached: " + e, e);
        }
    }
}
