package io.masterdeal.client;

import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import java.util.List;

/**
 * Publishes events at the gateway's {@code POST /events}, with the key of one domain. What may succeed later is sent again as the
 * {@link RetryPolicy} of the settings says. Thread-safe; calls block, and an interrupt ends them.
 */
public final class EventClient implements AutoCloseable {

    /** Far more than a gateway says about the largest batch. */
    private static final long MAX_ANSWER_BYTES = 16L << 20;

    private final HttpTransport transport;

    /**
     * @param settings with the address of the gateway
     */
    public EventClient(ClientSettings settings) {
        this.transport = new HttpTransport("gateway", settings, MAX_ANSWER_BYTES);
    }

    /**
     * Publishes one event.
     *
     * @return where it is
     * @throws ApiException if the gateway refused it, or the client gave up; then {@link ApiException#isTransient()} says whether to
     *     publish the same event again later may help. That is harmless even if it was taken
     * @throws InterruptedException if the thread was interrupted; it is not known whether the event was taken
     */
    public Accepted publish(CloudEvent event) throws InterruptedException {
        var publication = new PublishCall(transport, List.of(event), RetryListener.NONE);
        return switch (publication.runSingle()) {
            case Accepted accepted -> accepted;
            case Rejected rejected -> throw publication.failure(rejected.problem(), null);
            case Undecided undecided -> throw undecided.cause();
        };
    }

    /**
     * Publishes events in their order, in batches of up to 250 and 1 MiB; those in binary mode go alone. Events that are sent again
     * arrive after others of their batch. When a batch is given up, the events after it are not sent.
     *
     * @return what became of each, in their order
     * @throws InterruptedException if the thread was interrupted; it is not known what was taken
     */
    public List<PublishResult> publish(List<CloudEvent> events) throws InterruptedException {
        return publish(events, RetryListener.NONE);
    }

    /**
     * Publishes events, and tells a listener when it has to wait.
     *
     * @see #publish(List)
     */
    public List<PublishResult> publish(List<CloudEvent> events, RetryListener listener) throws InterruptedException {
        return new PublishCall(transport, events, listener).run();
    }

    /** Ends what is under way: its events are {@link Undecided}, and so are those of later calls. */
    @Override
    public void close() {
        transport.close();
    }
}
