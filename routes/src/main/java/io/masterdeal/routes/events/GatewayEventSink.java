package io.masterdeal.routes.events;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiKey;
import io.masterdeal.client.ApiProblem;
import io.masterdeal.client.ClientSettings;
import io.masterdeal.client.CloudEvent;
import io.masterdeal.client.EventClient;
import io.masterdeal.client.PublishResult;
import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Undecided;
import io.masterdeal.client.RetryListener;
import io.masterdeal.client.RetryPolicy;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes events of routes at the gateway's {@code POST /events}, each domain with its key, so that the rules for every system hold
 * for routes too. While the gateway cannot take an event, or does not know the key, it is asked again without end: an event is accepted
 * or rejected, or the route is told that it was stopped.
 */
public final class GatewayEventSink implements EventSink, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayEventSink.class);

    private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI gateway;

    private final Path apiKeys;

    private final RejectedItemStore rejected;

    private final Map<String, EventClient> clients = new ConcurrentHashMap<>();

    private final Map<Thread, String> waiting = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * @param gateway base address
     * @param apiKeys directory of the keys; read for every request, so that a new one counts at once
     * @param rejected where rejected items are kept that came in no file
     * @param redact takes secrets out of what is kept and logged about them
     */
    public GatewayEventSink(URI gateway, Path apiKeys, Path rejected, UnaryOperator<String> redact) {
        this.gateway = gateway;
        this.apiKeys = apiKeys;
        this.rejected = new RejectedItemStore(rejected, Clock.systemUTC(), redact);
    }

    @Override
    public void check(String domain) {
        var _ = ApiKeys.read(apiKeys, domain);
    }

    @Override
    public void keep(RejectedItem item) {
        rejected.keep(item);
    }

    /** What is waited for just now, in words; empty if nothing is. */
    public String waitsFor() {
        return waiting.values().stream().findFirst().orElse("");
    }

    @Override
    public List<@Nullable JsonNode> publish(String domain, List<ObjectNode> events, BooleanSupplier goOn) {
        var wait = new Wait(domain, goOn);
        try {
            List<PublishResult> results =
                    client(domain).publish(events.stream().map(CloudEvent::json).toList(), wait);
            List<@Nullable JsonNode> problems = new ArrayList<@Nullable JsonNode>();
            for (PublishResult result : results) {
                problems.add(
                        switch (result) {
                            case Accepted _ -> null;
                            case PublishResult.Rejected refused -> json(refused.problem());
                            case Undecided undecided ->
                                throw new EventSinkClosedException("stopped while it waited: "
                                        + undecided.cause().getMessage());
                        });
            }
            return problems;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventSinkClosedException("stopped while the gateway at " + gateway + " was asked");
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    private EventClient client(String domain) {
        if (closed) {
            throw new EventSinkClosedException("stopped before the gateway at " + gateway + " was asked");
        }
        return clients.computeIfAbsent(
                domain,
                _ -> new EventClient(ClientSettings.of(gateway, ApiKey.of(apiKeys, domain))
                        .withRetry(RetryPolicy.endless())
                        .withHttp(http)));
    }

    private static JsonNode json(ApiProblem problem) {
        return problem.json().isEmpty() ? RouteProblems.of("refused", problem.summary()) : problem.json();
    }

    /** Tells of the waits of one call, and ends them when the route stops. */
    private final class Wait implements RetryListener {

        private final String domain;

        private final BooleanSupplier goOn;

        private long loggedAt;

        private boolean logged;

        private Wait(String domain, BooleanSupplier goOn) {
            this.domain = domain;
            this.goOn = goOn;
        }

        @Override
        public void waiting(ApiException cause, int open, Duration pause) {
            String reason = String.valueOf(cause.getMessage());
            waiting.put(Thread.currentThread(), reason);
            if (!logged || System.nanoTime() - loggedAt > LOG_EVERY_NANOS) {
                logged = true;
                loggedAt = System.nanoTime();
                log.warn("{} events of {} wait: {}; trying again", open, domain, reason);
            }
        }

        @Override
        public void recovered() {
            waiting.remove(Thread.currentThread());
            if (logged) {
                logged = false;
                log.info("the gateway takes events of {} again", domain);
            }
        }

        @Override
        public boolean goOn() {
            return !closed && goOn.getAsBoolean();
        }
    }

    /** Ends all waits with an {@link EventSinkClosedException}. */
    @Override
    public void close() {
        closed = true;
        clients.values().forEach(EventClient::close);
        http.shutdownNow();
    }
}
