package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.subscription.Sink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends events by POST: CloudEvents in the mode of the sink, signed as Standard Webhooks specifies. */
final class HttpSender implements SinkSender {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final SinkClient http;

    private final String subscription;

    private final Sink.Http sink;

    private final List<String> secrets;

    private final Duration timeout;

    private final Clock clock;

    /**
     * @param http sends requests; the caller closes it
     * @param secrets of the subscription
     * @param timeout for the whole response
     */
    HttpSender(
            SinkClient http, String subscription, Sink.Http sink, List<String> secrets, Duration timeout, Clock clock) {
        this.http = http;
        this.subscription = subscription;
        this.sink = sink;
        this.secrets = secrets;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<SinkResponse> send(Delivery delivery, int attempt) {
        EventBody event = EventBody.of(Objects.requireNonNull(delivery.message().body()), sink.mode());
        return http.post(sink.url(), headers(delivery, event, attempt), event.body(), timeout)
                .handle((reply, failure) ->
                        failure == null ? response(reply) : SinkResponse.unavailable(describe(failure)));
    }

    private Map<String, String> headers(Delivery delivery, EventBody event, int attempt) {
        String id = delivery.message().eventId().toString();
        long timestamp = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put("webhook-signature", WebhookSignature.of(secrets, id, timestamp, event.body()));
        headers.put("masterdeal-subscription", subscription);
        headers.put("masterdeal-attempt", Integer.toString(attempt));
        if (delivery.replay() > 0) {
            headers.put("masterdeal-replay", Integer.toString(delivery.replay()));
        }
        headers.putAll(event.headers());
        return headers;
    }

    private static String describe(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return cause instanceof java.util.concurrent.TimeoutException
                ? "no answer in time"
                : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message.replace('\0', ' '));
    }

    private SinkResponse response(SinkClient.Reply response) {
        int status = response.status();
        Duration retryAfter = retryAfter(response.retryAfter().strip());
        if (status / 100 == 2) {
            return new SinkResponse(SinkResponse.Verdict.TAKEN, status, "", null);
        }
        SinkResponse.Verdict verdict = switch (status) {
            case 429, 502, 503, 504 -> SinkResponse.Verdict.AWAY;
            case 408, 425 -> SinkResponse.Verdict.FAILED;
            default -> status / 100 == 5 ? SinkResponse.Verdict.FAILED : SinkResponse.Verdict.REFUSED;
        };
        return new SinkResponse(verdict, status, response.text(), retryAfter);
    }

    /** Seconds or a date (RFC 9110, section 10.2.3). */
    private @Nullable Duration retryAfter(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Duration asked;
        if (text.matches("\\d{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(text));
        } else {
            try {
                Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                asked = Duration.between(clock.instant(), then);
            } catch (DateTimeParseException _) {
                return null; // The header is invalid, so it is ignored.
            }
        }
        return asked.isNegative() ? null : asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
