package io.masterdeal.console.platform;

import io.masterdeal.client.ApiProblem;
import io.masterdeal.role.access.Actor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP calls to one role. */
final class RoleCalls implements AutoCloseable {

    /** More than any page of a list; an answer beyond it is refused, so that it does not fill the memory. */
    private static final long MOST_BYTES = 32L << 20;

    private final RoleName role;
    private final URI base;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    RoleCalls(RoleName role, URI base, String key) {
        this.role = role;
        this.base = base;
        this.key = key;
    }

    RoleAnswer send(RoleRequest request) {
        try {
            HttpResponse<String> answer =
                    http.send(httpRequest(request), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
            return answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return away("the " + role.text() + " at " + base + " does not answer: "
                    + (e.getMessage() == null ? e.toString() : e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return away("interrupted while the " + role.text() + " was asked");
        }
    }

    private HttpRequest httpRequest(RoleRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(base.toString().replaceAll("/+$", "") + request.path()))
                .timeout(request.timeout())
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json, application/problem+json");
        if (request.person() != null) {
            builder.header(Actor.HEADER, Actor.headerOf(request.person()));
        }
        if (request.body() == null) {
            return builder.method(request.method(), BodyPublishers.noBody()).build();
        }
        return builder.header("Content-Type", "application/json")
                .method(request.method(), BodyPublishers.ofString(request.body()))
                .build();
    }

    private RoleAnswer answer(int status, String text) {
        JsonNode body;
        try {
            body = text.isEmpty()
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(text);
        } catch (JacksonException _) {
            return away("the " + role.text() + " answers with what is not JSON, status " + status);
        }
        return new RoleAnswer(
                status,
                body,
                status / 100 == 2 ? "" : ApiProblem.read(status, text).summary());
    }

    static RoleAnswer away(String why) {
        return new RoleAnswer(0, JsonMapper.shared().createObjectNode(), why);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
