package io.masterdeal.benchmarks.delivery;

import io.masterdeal.benchmarks.measure.Schedule;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Runs with one router process: each sends events to Kafka, and ends when the subscriber has them. */
final class DeliveryRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String FAST = "fast";

    private static final String SLOW = "slow";

    private final SubscriberEndpoint subscriber;

    private final RouterOperator operator;

    private final KafkaProducer<byte[], byte[]> producer;

    private int repeats;

    DeliveryRun(MeasuredPlatform platform, SubscriberEndpoint subscriber, RouterOperator operator)
            throws IOException, InterruptedException {
        this.subscriber = subscriber;
        this.operator = operator;
        Map<String, Object> properties = platform.kafka();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        operator.subscribe(FAST, subscriber.url("/events/fast"));
    }

    /** Events that came more than once so far. */
    int repeats() {
        return repeats;
    }

    /** Sends events as fast as Kafka takes them, and returns when all are delivered and noted. */
    Arrivals flood(CanonicalRecords records, int count) throws IOException, InterruptedException {
        Arrivals arrivals = new Arrivals(count, (int) (count * DeliveryPlan.WARM_UP));
        subscriber.behave(id -> take(arrivals, arrivals.index(id)));
        send(records, arrivals, count);
        arrivals.await(count, PATIENCE);
        operator.awaitDone();
        repeats += arrivals.repeats();
        return arrivals;
    }

    private static int take(Arrivals arrivals, int index) {
        if (index >= 0) {
            arrivals.note(index);
        }
        return 204;
    }

    private void send(CanonicalRecords records, Arrivals arrivals, int count) {
        for (int i = 0; i < count; i++) {
            // An event that does not arrive is missed at the subscriber.
            var _ = producer.send(records.record(i, arrivals.id(i)));
        }
    }

    /** Sends events at a constant rate. */
    Arrivals steady(CanonicalRecords records, int perSecond, int seconds) throws IOException, InterruptedException {
        int count = perSecond * seconds;
        Arrivals arrivals = new Arrivals(count, 1);
        subscriber.behave(id -> take(arrivals, arrivals.index(id)));
        Schedule schedule = Schedule.soon(perSecond, 0, count);
        arrivals.measure(schedule);
        schedule.run(index -> {
            var _ = producer.send(records.record(index, arrivals.id(index)));
        });
        arrivals.await(count, PATIENCE);
        operator.awaitDone();
        repeats += arrivals.repeats();
        return arrivals;
    }

    /** How long it takes until all events are delivered, in ms. */
    double undisturbed(CanonicalRecords records, int count) throws IOException, InterruptedException {
        Arrivals arrivals = new Arrivals(count, 1);
        subscriber.behave(id -> take(arrivals, arrivals.index(id)));
        long began = System.nanoTime();
        send(records, arrivals, count);
        arrivals.await(count, PATIENCE);
        double ms = arrivals.msSince(began);
        operator.awaitDone();
        return ms;
    }

    /** The same of all other deals, while the events of one fail; then that deal is accepted again, and gets its events. */
    double poisoned(CanonicalRecords records, int count) throws IOException, InterruptedException {
        String poison = records.deal(count / 2);
        int others = 0;
        for (int i = 0; i < count; i++) {
            others += records.deal(i).equals(poison) ? 0 : 1;
        }
        Arrivals arrivals = new Arrivals(count, 1);
        subscriber.behave(id -> {
            int index = arrivals.index(id);
            return index >= 0 && records.deal(index).equals(poison) ? 500 : take(arrivals, index);
        });
        long began = System.nanoTime();
        send(records, arrivals, count);
        arrivals.await(others, PATIENCE);
        double ms = arrivals.msSince(began);
        operator.awaitDeadLetter();
        subscriber.behave(id -> take(arrivals, arrivals.index(id)));
        operator.redriveAll();
        arrivals.await(count, PATIENCE);
        operator.awaitDone();
        return ms;
    }

    /** The same of one sink, while another holds its first answer; then that one gets everything. */
    double besideSlow(CanonicalRecords records, int count) throws IOException, InterruptedException {
        try (SubscriberEndpoint other = SubscriberEndpoint.start()) {
            CountDownLatch answer = new CountDownLatch(1);
            Arrivals slow = new Arrivals(count, 1);
            other.behave(id -> {
                answer.await();
                return take(slow, slow.index(id));
            });
            operator.subscribe(SLOW, other.url("/events/slow"));
            Arrivals arrivals = new Arrivals(count, 1);
            subscriber.behave(id -> take(arrivals, arrivals.index(id)));
            long began = System.nanoTime();
            send(records, arrivals, count);
            arrivals.await(count, PATIENCE);
            double ms = arrivals.msSince(began);
            answer.countDown();
            operator.awaitDone();
            operator.unsubscribe(SLOW);
            return ms;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
