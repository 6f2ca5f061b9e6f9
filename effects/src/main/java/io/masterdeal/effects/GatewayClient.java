package io.masterdeal.effects;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sends requests to domain systems through the gateway, and decides by the answer whether to send again. */
final class GatewayClient implements AutoCloseable {

    /** How long a request may take, from the first to the last byte. */
    static final Duration WHOLE = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** What the gateway calls it (RFC 9457) if it has no route for the path. */
    private static final String NO_ROUTE = "urn:masterdeal:problem:no-route";

    private static final int LONGEST_ERROR = 500;

    private static final int MOST_READ = 64 * 1024;

    private final String base;

    private final String authorization;

    private final Clock clock;

    private final Duration whole;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /**
     * @param base address of the gateway
     * @param key the key of the service as a caller of the gateway
     * @param clock tells when a {@code Retry-After} with a date is
     * @param whole how long a request may take
     */
    GatewayClient(URI base, String key, Clock clock, Duration whole) {
        if (base.getHost() == null || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
            throw new IllegalArgumentException(
                    "masterdeal.gateway.url is an http or https address, not '" + base + "'");
        }
        this.base = base.toString().replaceFirst("/+$", "");
        this.authorization = "Bearer " + key;
        this.clock = clock;
        this.whole = whole;
    }

    /** Sends one request; always returns within the time a request may take. */
    Reply send(ClaimedEffect claimed) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/"
                        + claimed.request().system() + claimed.request().path()))
                .method(claimed.request().method(), BodyPublishers.ofString(claimed.body(), StandardCharsets.UTF_8))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .header("Idempotency-Key", claimed.key().toString());
        if (claimed.traceparent() != null) {
            request.header("traceparent", claimed.traceparent());
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), _ -> new BoundedBody(MOST_READ));
        try {
            return read(claimed, answer.get(whole.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return new Reply.Later("no answer within " + whole.toMillis() + " ms", null);
        } catch (ExecutionException e) {
            return new Reply.Later(plain(describe(e.getCause())), null);
        } finally {
            answer.cancel(true);
        }
    }

    private static String describe(@Nullable Throwable cause) {
        String message = cause == null ? null : cause.getMessage();
        String what = cause instanceof IOException ? cause.getClass().getSimpleName() : String.valueOf(cause);
        return message == null || !(cause instanceof IOException) ? what : what + ": " + message;
    }

    private Reply read(ClaimedEffect claimed, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Reply.Taken(claimed.isMaking() ? TrackerTask.key(response.body()) : null);
        }
        String error = plain(status + detail(response));
        if (status == 404 && problem(response).path("type").stringValue("").equals(NO_ROUTE)) {
            return new Reply.NoRoute(error);
        }
        return switch (status) {
            case 408, 425, 429 -> new Reply.Later(error, retryAfter(response));
            default -> status >= 500 ? new Reply.Later(error, retryAfter(response)) : new Reply.Refused(status, error);
        };
    }

    /** What a problem document (RFC 9457) says; nothing of any other body. */
    private static String detail(HttpResponse<byte[]> response) {
        JsonNode problem = problem(response);
        String title = problem.path("title").stringValue("");
        String detail = problem.path("detail").stringValue("");
        return (title.isEmpty() ? "" : " " + title) + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** The problem document that an answer is; else one without fields. */
    private static JsonNode problem(HttpResponse<byte[]> response) {
        if (!response.headers().firstValue("content-type").orElse("").startsWith("application/problem+json")) {
            return MissingNode.getInstance();
        }
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    /** Makes text of other systems safe for logs and the table: on one line, without U+0000, and bounded. */
    private static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + " ...";
    }

    private @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        String text =
                response.headers().firstValue("retry-after").map(String::strip).orElse("");
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return Duration.between(clock.instant(), at);
        } catch (DateTimeException _) {
            return null;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
