package io.masterdeal.router.delivery;

import io.masterdeal.router.routes.OptionalRouteEngine;
import io.masterdeal.router.subscription.AllowedSinks;
import io.masterdeal.router.subscription.Sink;
import io.masterdeal.router.subscription.StoredSubscription;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;

/** Creates the senders for the sinks of subscriptions. */
public final class SinkSenders implements AutoCloseable {

    private final SigningSecrets secrets;

    private final Producer<byte[], byte[]> producer;

    private final SinkQueues queues;

    private final OptionalRouteEngine engine;

    private final Clock clock;

    private final AllowedSinks allowed;

    private final SinkClient http;

    /**
     * @param secrets sign requests
     * @param producer writes to topics; the caller closes it
     * @param queues the task queues
     * @param engine runs routes; the caller closes it
     * @param clock for the timestamps of signatures
     * @param allowed where events may go
     */
    public SinkSenders(
            SigningSecrets secrets,
            Producer<byte[], byte[]> producer,
            SinkQueues queues,
            OptionalRouteEngine engine,
            Clock clock,
            AllowedSinks allowed) {
        this.secrets = secrets;
        this.producer = producer;
        this.queues = queues;
        this.engine = engine;
        this.clock = clock;
        this.allowed = allowed;
        this.http = new SinkClient(allowed);
    }

    SinkSender of(StoredSubscription stored) {
        return switch (stored.subscription().sink()) {
            case Sink.Http sink ->
                new HttpSender(
                        http,
                        stored.name(),
                        sink,
                        secrets.of(stored.name()),
                        stored.subscription().delivery().timeout(),
                        clock);
            case Sink.Kafka sink -> kafka(sink.topic());
            case Sink.Queue sink ->
                new QueueSender(
                        queues, sink.queue(), stored.subscription().delivery().timeout());
            case Sink.Route sink ->
                new RouteSender(
                        engine, sink.name(), stored.subscription().delivery().timeout());
            case Sink.Origin _ -> new OriginSender(producer);
        };
    }

    /** The subscription may be older than the list of allowed topics: its events wait until one of the two is changed. */
    private SinkSender kafka(String topic) {
        String refusal = allowed.refusesTopic(topic);
        return refusal == null
                ? new KafkaSender(producer, topic)
                : (_, _) -> CompletableFuture.completedFuture(SinkResponse.unavailable("the topic " + refusal));
    }

    @Override
    public void close() {
        http.close();
    }
}
