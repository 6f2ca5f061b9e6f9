package io.masterdeal.router.delivery;

import io.masterdeal.router.ledger.Delivery;
import io.masterdeal.router.ledger.Message;
import io.masterdeal.router.subscription.Sink;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends events by POST: CloudEvents in the mode of the sink, signed as Standard Webhooks says. */
final class HttpSender implements Sender {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final HttpClient http;

    private final String subscription;

    private final Sink.Http sink;

    private final List<String> secrets;

    private final Duration timeout;

    private final Clock clock;

    /**
     * @param http follows no redirects
     * @param secrets of the subscription
     * @param timeout for a whole answer
     */
    HttpSender(
            HttpClient http, String subscription, Sink.Http sink, List<String> secrets, Duration timeout, Clock clock) {
        this.http = http;
        this.subscription = subscription;
        this.sink = sink;
        this.secrets = secrets;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> send(Delivery delivery, int attempt) {
        HttpRequest request;
        try {
            request = request(delivery, attempt);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    new Answer(Answer.Verdict.REFUSED, null, "it cannot be sent by HTTP: " + e.getMessage(), null));
        }
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request, _ -> new FirstBytes());
        return sent.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).handle((response, failure) -> {
            if (failure != null) {
                sent.cancel(true);
                return Answer.away(describe(failure));
            }
            return answer(response);
        });
    }

    private HttpRequest request(Delivery delivery, int attempt) {
        Message message = delivery.message();
        EventBody event = EventBody.of(Objects.requireNonNull(message.body()), sink.mode());
        String id = message.eventId().toString();
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(sink.url())
                .timeout(timeout)
                .POST(BodyPublishers.ofByteArray(event.body()))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", WebhookSignature.of(secrets, id, timestamp, event.body()))
                .header("masterdeal-subscription", subscription)
                .header("masterdeal-attempt", Integer.toString(attempt));
        if (delivery.replay() > 0) {
            request.header("masterdeal-replay", Integer.toString(delivery.replay()));
        }
        event.headers().forEach(request::header);
        return request.build();
    }

    private static String describe(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return cause instanceof java.util.concurrent.TimeoutException
                ? "no answer in time"
                : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message.replace('\0', ' '));
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        Duration retryAfter = retryAfter(response);
        if (status / 100 == 2) {
            return new Answer(Answer.Verdict.TAKEN, status, "", null);
        }
        Answer.Verdict verdict = switch (status) {
            case 429, 502, 503, 504 -> Answer.Verdict.AWAY;
            case 408, 425 -> Answer.Verdict.FAILED;
            default -> status / 100 == 5 ? Answer.Verdict.FAILED : Answer.Verdict.REFUSED;
        };
        return new Answer(verdict, status, response.body(), retryAfter);
    }

    /** Seconds or a date (RFC 9110, section 10.2.3). */
    private @Nullable Duration retryAfter(HttpResponse<String> response) {
        String text = response.headers().firstValue("Retry-After").orElse("").strip();
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
                return null; // It asks for nothing that can be understood.
            }
        }
        return asked.isNegative() ? null : asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
