package io.masterdeal.app.send;

import io.masterdeal.app.send.ToSend.Binary;
import io.masterdeal.app.send.ToSend.Structured;
import io.masterdeal.app.send.ToSend.Unreadable;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiKey;
import io.masterdeal.client.ClientSettings;
import io.masterdeal.client.CloudEvent;
import io.masterdeal.client.EventClient;
import io.masterdeal.client.PublishResult;
import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import io.masterdeal.client.RetryPolicy;
import io.masterdeal.contracts.apikey.ApiKeyException;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives events to the gateway in the order they come, each with the key of its domain. Those of one domain that follow each
 * other go in one request.
 */
public final class Sender implements AutoCloseable {
    private static final int BATCH = 250;
    private static final int BATCH_CHARACTERS = 1 << 20;

    /** A person waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern TYPE = Pattern.compile("([a-z][a-z0-9-]*)\\..*", Pattern.DOTALL);

    /**
     * What became of an event.
     *
     * @param placed where Kafka has it, {@code topic-partition@offset}; null if it was not taken
     * @param wrong what is wrong with it; empty if it was taken
     */
    public record Sent(@Nullable String placed, String wrong) {
        static Sent refused(String wrong) {
            return new Sent(null, wrong);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI gateway;
    private final Path apiKeys;
    private final BiConsumer<ToSend, Sent> told;
    private final Map<String, EventClient> clients = new HashMap<>();
    private final List<Structured> waiting = new ArrayList<>();
    private String waitingFor = "";
    private int characters;

    /**
     * @param gateway base address
     * @param apiKeys directory of the keys
     * @param told what became of each event, in the order they came
     */
    public Sender(URI gateway, Path apiKeys, BiConsumer<ToSend, Sent> told) {
        this.gateway = gateway;
        this.apiKeys = apiKeys;
        this.told = told;
    }

    /**
     * Takes the next one.
     *
     * @throws ApiException if it is not known what was taken, since the gateway does not answer or cannot take events
     */
    public void send(ToSend next) throws InterruptedException {
        if (next instanceof Unreadable unreadable) {
            finish();
            told.accept(next, Sent.refused(unreadable.reason()));
            return;
        }
        String domain = domain(next.type());
        String missing = domain == null
                ? "/type tells no domain, such as crm.deal.created does, so it is not known with which key to send it"
                : missingKey(domain);
        if (domain == null || missing != null) {
            finish();
            told.accept(next, Sent.refused(String.valueOf(missing)));
            return;
        }
        switch (next) {
            case Structured structured -> wait(domain, structured);
            case Binary binary -> {
                finish();
                publish(domain, List.of(binary), List.of(CloudEvent.binary(binary.headers(), binary.data())));
            }
            case Unreadable _ -> throw new IllegalStateException("handled above");
        }
    }

    /**
     * Sends what is left.
     *
     * @throws ApiException if it is not known what was taken, since the gateway does not answer or cannot take events
     */
    public void finish() throws InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        List<Structured> events = List.copyOf(waiting);
        waiting.clear();
        characters = 0;
        publish(
                waitingFor,
                events,
                events.stream().map(event -> CloudEvent.json(event.event())).toList());
    }

    private void wait(String domain, Structured event) throws InterruptedException {
        int length = event.event().toString().length();
        if (!domain.equals(waitingFor) || waiting.size() == BATCH || characters + length > BATCH_CHARACTERS) {
            finish();
        }
        waitingFor = domain;
        waiting.add(event);
        characters += length;
    }

    private void publish(String domain, List<? extends ToSend> events, List<CloudEvent> sent)
            throws InterruptedException {
        List<PublishResult> results =
                Objects.requireNonNull(clients.get(domain)).publish(sent);
        for (int i = 0; i < results.size(); i++) {
            ToSend event = events.get(i);
            switch (results.get(i)) {
                case Accepted accepted ->
                    told.accept(
                            event,
                            new Sent(accepted.topic() + "-" + accepted.partition() + "@" + accepted.offset(), ""));
                case Rejected rejected ->
                    told.accept(event, Sent.refused(rejected.problem().summary()));
                case Undecided undecided when undecided.cause().isTransient() -> throw unknown(undecided.cause());
                case Undecided undecided ->
                    told.accept(
                            event, Sent.refused(String.valueOf(undecided.cause().getMessage())));
            }
        }
    }

    private static ApiException unknown(ApiException cause) {
        return new ApiException(
                cause.getMessage() + ". What is not told above may not have been taken; to send it again does no harm.",
                cause);
    }

    private static @Nullable String domain(@Nullable String type) {
        if (type == null) {
            return null;
        }
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Says why there is no key of a domain; null if there is one. */
    private @Nullable String missingKey(String domain) {
        if (!clients.containsKey(domain)) {
            try {
                clients.put(
                        domain,
                        new EventClient(ClientSettings.of(gateway, ApiKey.of(ApiKeys.read(apiKeys, domain)))
                                .withRetry(RetryPolicy.standard().withPatience(PATIENCE))
                                .withHttp(http)));
            } catch (ApiKeyException | IllegalArgumentException e) {
                return "/type is of the domain " + domain + ": " + e.getMessage();
            }
        }
        return null;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
