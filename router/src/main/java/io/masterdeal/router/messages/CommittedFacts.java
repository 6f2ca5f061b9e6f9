package io.masterdeal.router.messages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the service whether it has committed an event as a fact. */
final class CommittedFacts {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final @Nullable URI service;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * @param service null if its address is not configured
     */
    CommittedFacts(@Nullable URI service) {
        this.service = service;
    }

    /**
     * Whether an event is committed.
     *
     * @param authorization the header of the caller, which is passed on
     * @return {@code yes}, {@code no}, or {@code unknown} if the service does not answer
     */
    String isCommitted(String eventId, String authorization) throws InterruptedException {
        if (service == null) {
            return "unknown";
        }
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/facts/" + eventId))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .build();
        try {
            return switch (http.send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode()) {
                case 200 -> "yes";
                case 404 -> "no";
                default -> "unknown";
            };
        } catch (IOException _) {
            return "unknown"; // The service is unavailable, so the answer is unknown.
        }
    }
}
