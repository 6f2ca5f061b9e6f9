package io.masterdeal.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * Stands for the event router: signs what a subscription is told as Standard Webhooks 1.0 say.
 *
 * @param subscription its name
 * @param path where it is told
 */
record Notifier(String subscription, String path) {

    static final Notifier LEGAL = new Notifier("legal", "/legal/notifications");

    static final Notifier CRM = new Notifier("crm", "/crm/notifications");

    static final Notifier TASK_TRACKER = new Notifier("task-tracker", "/task/notifications");

    static final Notifier CONTEXT = new Notifier("context", "/context/notifications");

    static final List<Notifier> ALL = List.of(LEGAL, CRM, TASK_TRACKER, CONTEXT);

    /** Writes the secrets of all subscriptions; returns their directory. */
    static Path secrets(Path directory) throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("subscriptions"));
        for (Notifier each : ALL) {
            Files.writeString(
                    secrets.resolve(each.subscription + ".whsec"),
                    "whsec_" + Base64.getEncoder().encodeToString(each.key()) + "\n");
        }
        return secrets;
    }

    private byte[] key() {
        return ("the key of " + subscription + ", long enough").getBytes(StandardCharsets.UTF_8);
    }

    /** A delivery as it should be. */
    HttpRequest.Builder request(URI sandbox, JsonNode event) {
        return request(sandbox, event, Instant.now());
    }

    /** A delivery that was signed at some time. */
    HttpRequest.Builder request(URI sandbox, JsonNode event, Instant at) {
        String id = event.path("id").asString();
        String body = event.toString();
        return HttpRequest.newBuilder(sandbox.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/cloudevents+json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .header("webhook-signature", sign(id, at.getEpochSecond(), body))
                .POST(BodyPublishers.ofString(body));
    }

    /** What a header {@code webhook-signature} says. */
    String sign(String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            byte[] signature = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
