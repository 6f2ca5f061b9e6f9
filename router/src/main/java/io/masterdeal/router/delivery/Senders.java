package io.masterdeal.router.delivery;

import io.masterdeal.router.engine.Engine;
import io.masterdeal.router.subscription.Sink;
import io.masterdeal.router.subscription.StoredSubscription;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/** Makes senders for the sinks of subscriptions. */
public final class Senders {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final SigningSecrets secrets;

    private final Producer<byte[], byte[]> producer;

    private final SinkQueues queues;

    private final Engine engine;

    private final Clock clock;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * @param secrets sign requests
     * @param producer writes to topics; the caller closes it
     * @param queues the task queues
     * @param engine runs routes; the caller closes it
     * @param clock timestamps of signatures
     */
    public Senders(
            SigningSecrets secrets, Producer<byte[], byte[]> producer, SinkQueues queues, Engine engine, Clock clock) {
        this.secrets = secrets;
        this.producer = producer;
        this.queues = queues;
        this.engine = engine;
        this.clock = clock;
    }

    Sender of(StoredSubscription stored) {
        return switch (stored.subscription().sink()) {
            case Sink.Http sink ->
                new HttpSender(
                        http,
                        stored.name(),
                        sink,
                        secrets.of(stored.name()),
                        stored.subscription().delivery().timeout(),
                        clock);
            case Sink.Kafka sink -> new KafkaSender(producer, sink.topic());
            case Sink.Queue sink ->
                new QueueSender(
                        queues, sink.queue(), stored.subscription().delivery().timeout());
            case Sink.Route sink ->
                new RouteSender(
                        engine, sink.name(), stored.subscription().delivery().timeout());
            case Sink.Origin _ -> new OriginSender(producer);
        };
    }
}
