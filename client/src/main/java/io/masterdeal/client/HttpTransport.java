package io.masterdeal.client;

import io.masterdeal.contracts.apikey.ApiKeyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends single requests to one address with one key. Thread-safe. */
final class HttpTransport implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final String name;

    private final ClientSettings settings;

    private final long maxAnswerBytes;

    private final String base;

    private final HttpClient http;

    private final CountDownLatch closed = new CountDownLatch(1);

    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    private final AtomicLong lastNumber = new AtomicLong();

    /**
     * @param name who answers there, for messages
     * @param maxAnswerBytes a longer answer counts as none
     */
    HttpTransport(String name, ClientSettings settings, long maxAnswerBytes) {
        this.name = name;
        this.settings = settings;
        this.maxAnswerBytes = maxAnswerBytes;
        this.base = settings.address().toString().replaceAll("/+$", "");
        HttpClient given = settings.http();
        this.http = given != null
                ? given
                : HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build();
    }

    ClientSettings settings() {
        return settings;
    }

    /** Who answers and where, for messages. */
    String server() {
        return "the " + name + " at " + settings.address();
    }

    /** Is open until {@link #close()}. */
    CountDownLatch closed() {
        return closed;
    }

    /** A request, still without its method. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /**
     * Sends a request, and waits for the whole answer.
     *
     * @throws ApiException if there is none, or the key cannot be read
     * @throws InterruptedException if the thread was interrupted; the request is given up
     */
    HttpReply send(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest complete;
        try {
            complete = request.setHeader("Authorization", settings.key().authorization())
                    .build();
        } catch (ApiKeyException e) {
            throw new ApiException(server() + " cannot be asked: " + e.getMessage(), e);
        }
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(complete, BodyHandlers.limiting(BodyHandlers.ofString(), maxAnswerBytes));
        long number = lastNumber.incrementAndGet();
        underWay.put(number, answer);
        try {
            if (closed.getCount() == 0) {
                throw closedException();
            }
            HttpResponse<String> response = answer.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return new HttpReply(response.statusCode(), response.body(), retryAfter(response));
        } catch (TimeoutException e) {
            throw new ApiException(
                    server() + " has not answered within " + settings.timeout().toMillis() + " ms",
                    new IOException("timeout", e));
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw closedException();
        } finally {
            underWay.remove(number);
            answer.cancel(true);
        }
    }

    private ApiException failure(Throwable cause) {
        return closed.getCount() == 0
                ? closedException()
                : new ApiException(server() + " cannot be reached: " + cause, cause);
    }

    ApiException closedException() {
        return new ApiException("the client was closed before " + server() + " had answered");
    }

    /** In seconds or as a date (RFC 9110, section 10.2.3); null if absent or neither. */
    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        try {
            if (value.isEmpty()) {
                return null;
            }
            if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration pause = Duration.between(Instant.now(), until);
            return pause.isNegative() ? null : pause;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        underWay.values().forEach(answer -> answer.cancel(true));
        if (settings.http() == null) {
            http.shutdownNow();
        }
    }
}
