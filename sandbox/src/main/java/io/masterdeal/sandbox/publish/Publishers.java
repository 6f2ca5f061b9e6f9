package io.masterdeal.sandbox.publish;

import io.masterdeal.client.ApiKey;
import io.masterdeal.client.ClientSettings;
import io.masterdeal.client.EventClient;
import io.masterdeal.client.RetryPolicy;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.system.Outbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.context.SmartLifecycle;

/** The publishers of all domains, each with its own thread and its own key. */
public final class Publishers implements SmartLifecycle {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Map<String, DomainPublisher> byDomain = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private volatile boolean running;

    /**
     * Creates a publisher for each domain.
     *
     * @param gateway base address of the gateway
     * @param keys gives the API key of a domain
     * @param faults the fault injection of each domain
     * @param ledger records all events
     * @param clock gives the times of sending
     * @param pace factor for the waits of delayed, reordered and duplicated events
     */
    public Publishers(
            URI gateway, UnaryOperator<String> keys, FaultInjections faults, Ledger ledger, Clock clock, double pace) {
        faults.all()
                .forEach((domain, domainFaults) -> byDomain.put(
                        domain,
                        new DomainPublisher(
                                domain,
                                client(gateway, keys.apply(domain)),
                                domainFaults,
                                ledger,
                                new Queue(pace),
                                clock)));
    }

    /** It asks once: what a domain sends next is its queue's to decide, after each attempt anew. */
    private EventClient client(URI gateway, String key) {
        return new EventClient(ClientSettings.of(gateway, ApiKey.of(key))
                .withRetry(RetryPolicy.once())
                .withTimeout(TIMEOUT)
                .withHttp(client));
    }

    /**
     * The outbox of a domain.
     *
     * @param domain its name
     * @return the outbox for its system
     * @throws IllegalArgumentException if there is no such domain
     */
    public Outbox of(String domain) {
        DomainPublisher publisher = byDomain.get(domain);
        if (publisher == null) {
            throw new IllegalArgumentException("there is no publisher of " + domain);
        }
        return publisher;
    }

    /**
     * The number of events and copies of all domains that are not sent yet.
     *
     * @return 0 only if all are sent
     */
    public int unsent() {
        return byDomain.values().stream().mapToInt(DomainPublisher::unsent).sum();
    }

    @Override
    public void start() {
        byDomain.values().forEach(DomainPublisher::start);
        running = true;
    }

    @Override
    public void stop() {
        byDomain.values().forEach(DomainPublisher::stop);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
