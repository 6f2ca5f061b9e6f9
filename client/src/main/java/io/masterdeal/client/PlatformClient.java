package io.masterdeal.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls an API of the platform with JSON: that of the service, the router or the sandbox. {@code GET} is repeated as the
 * {@link RetryPolicy} of the settings says; nothing else is, since it may have been done. Thread-safe; calls block, and an interrupt ends
 * them.
 */
public final class PlatformClient implements AutoCloseable {

    private static final int PAGE = 1000;

    /** Operations such as a rebuild answer when they are done. */
    private static final Duration OPERATION_TIMEOUT = Duration.ofMinutes(10);

    private final String name;

    private final HttpTransport transport;

    /**
     * The API of the service, asked once: nothing is repeated, and an answer may take 10 minutes, as long operations do.
     *
     * @param service base address
     * @param key API key; the operator's for repairs, any for the rest
     * @throws IllegalArgumentException if it is no address or no key
     */
    public PlatformClient(URI service, String key) {
        this("service", service, key);
    }

    /**
     * Any API, asked once: nothing is repeated, and an answer may take 10 minutes, as long operations do.
     *
     * @param name who answers there, for messages
     * @param base base address
     * @param key API key
     * @throws IllegalArgumentException if it is no address or no key
     */
    public PlatformClient(String name, URI base, String key) {
        this(
                name,
                ClientSettings.of(base, ApiKey.of(key))
                        .withRetry(RetryPolicy.once())
                        .withTimeout(OPERATION_TIMEOUT));
    }

    /**
     * Any API.
     *
     * @param name who answers there, for messages
     * @param settings with its address
     */
    public PlatformClient(String name, ClientSettings settings) {
        this.name = name;
        this.transport = new HttpTransport(name, settings, Long.MAX_VALUE);
    }

    /**
     * Reads every item of a paged list.
     *
     * @param path with its query, without limit and cursor
     * @param each takes the items in order
     * @throws ApiException if the platform answers with a problem or not at all
     */
    public void forEach(String path, Consumer<JsonNode> each) throws InterruptedException {
        String limit = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        String next = "";
        while (true) {
            JsonNode page = get(next.isEmpty() ? limit : limit + "&cursor=" + encode(next));
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
     * @throws ApiException if the platform answers with a problem or not at all
     */
    public JsonNode get(String path) throws InterruptedException {
        return json(path, read(path));
    }

    /**
     * Asks for an operation.
     *
     * @param path without a query
     * @throws ApiException if the platform answers with a problem or not at all
     */
    public JsonNode post(String path) throws InterruptedException {
        return json(path, transport.send(transport.request(path).POST(BodyPublishers.noBody())));
    }

    /**
     * Sends a JSON object.
     *
     * @param method PUT or POST
     * @param path without a query
     * @param body the object
     * @throws ApiException if the platform answers with a problem or not at all
     */
    public JsonNode send(String method, String path, JsonNode body) throws InterruptedException {
        return json(
                path,
                transport.send(transport
                        .request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString()))));
    }

    /**
     * Deletes a resource.
     *
     * @param path without a query
     * @throws ApiException if the platform answers with a problem or not at all
     */
    public JsonNode delete(String path) throws InterruptedException {
        return json(path, transport.send(transport.request(path).DELETE()));
    }

    /**
     * An answer in JSON: what was asked for, or a problem (RFC 9457).
     *
     * @param status HTTP status
     * @param body the whole answer
     */
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
     * Reads a resource that may be absent.
     *
     * @param path with its query
     * @throws ApiException if nobody answers there, it fails, or it does not know the key
     */
    public Answer ask(String path) throws InterruptedException {
        HttpReply reply = read(path);
        if (reply.status() == 401 || reply.status() >= 500) {
            throw failure(path, reply);
        }
        try {
            return new Answer(reply.status(), JsonMapper.shared().readTree(reply.body()));
        } catch (JacksonException e) {
            throw failure(path, reply);
        }
    }

    /** Repeats until there is an answer for which a repeat does not help, or the retry policy gives up. */
    private HttpReply read(String path) throws InterruptedException {
        HttpRequest.Builder request = transport.request(path).GET();
        var timer = new RetryTimer(transport.settings().retry(), RetryListener.NONE, transport.closed());
        while (true) {
            try {
                HttpReply reply = transport.send(request);
                if (reply.status() / 100 == 2 || !timer.await(failure(path, reply), 0)) {
                    return reply;
                }
            } catch (ApiException e) {
                if (!timer.await(e, 0)) {
                    throw e;
                }
            }
        }
    }

    private JsonNode json(String path, HttpReply reply) {
        if (reply.status() / 100 != 2) {
            throw failure(path, reply);
        }
        try {
            return reply.body().isEmpty()
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(reply.body());
        } catch (JacksonException e) {
            throw new ApiException("the " + name + " answers " + path + " with what is not JSON", e);
        }
    }

    private ApiException failure(String path, HttpReply reply) {
        ApiProblem problem = ApiProblem.read(reply.status(), reply.body());
        return new ApiException(
                "the " + name + " answers " + path + " with " + reply.status() + ": " + lines(problem),
                StatusRule.of(reply.status()),
                problem,
                reply.retryAfter());
    }

    /** What a problem says: everything that is wrong once, one a line. */
    private static String lines(ApiProblem problem) {
        if (problem.errors().isEmpty()) {
            return problem.summary();
        }
        var text = new StringBuilder(problem.title());
        problem.errors()
                .forEach(fault ->
                        text.append("\n  ").append(fault.pointer()).append(' ').append(fault.message()));
        return text.toString();
    }

    /** A text for a query or one segment of a path. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Ends what is under way with an {@link ApiException}. */
    @Override
    public void close() {
        transport.close();
    }
}
