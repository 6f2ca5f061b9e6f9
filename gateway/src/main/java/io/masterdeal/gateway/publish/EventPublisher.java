package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.contracts.registry.IncompatibleSchemaException;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.gateway.publish.PublishException.Reason;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts events into Kafka. Thread-safe. */
public final class EventPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private static final Duration LOG_EVERY = Duration.ofSeconds(1);

    private final EventSerde serde;
    private final Producer<byte[], byte[]> producer;
    private final AtomicLong logged = new AtomicLong(System.nanoTime() - 2 * LOG_EVERY.toNanos());

    EventPublisher(EventSerde serde, Producer<byte[], byte[]> producer) {
        this.serde = serde;
        this.producer = producer;
    }

    /**
     * Sends an event.
     *
     * <p>Takes up to {@link EventProducer#MAX_BLOCK} if Kafka cannot be reached, so call it from threads that may wait. Events for
     * one object keep their order if they are sent one after the other.
     *
     * @param event an event that was checked
     * @return completes with its position once all in-sync replicas have the event, or with a {@link PublishException}, after
     *     {@link EventProducer#DELIVERY_TIMEOUT} at the latest
     * @throws io.masterdeal.contracts.event.InvalidEventException if the event breaks the contracts
     */
    public CompletableFuture<Placed> publish(Event event) {
        var placed = new CompletableFuture<Placed>();
        try {
            ProducerRecord<byte[], byte[]> record = serde.serialize(event);
            var _ = producer.send(
                    record,
                    (metadata, failure) -> Workers.calledBack("published", () -> {
                        if (failure == null) {
                            placed.complete(new Placed(metadata.topic(), metadata.partition(), metadata.offset()));
                        } else {
                            fail(placed, failure);
                        }
                    }));
        } catch (RegistryUnavailableException e) {
            if (mayLog()) {
                LOG.warn("The schema registry is needed for {} and cannot be reached: {}", type(event), e.getMessage());
            }
            placed.completeExceptionally(new PublishException(Reason.REGISTRY_UNAVAILABLE, e));
        } catch (IncompatibleSchemaException e) {
            LOG.error("Events of type {} cannot be published: {}", type(event), e.getMessage());
            placed.completeExceptionally(new PublishException(Reason.SCHEMA_REFUSED, e));
        } catch (KafkaException | IllegalStateException e) {
            // A closed producer throws IllegalStateException.
            fail(placed, e);
        }
        return placed;
    }

    private void fail(CompletableFuture<Placed> placed, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            placed.completeExceptionally(new PublishException(Reason.TOO_LARGE, failure));
        } else if (placed.completeExceptionally(new PublishException(Reason.KAFKA_UNAVAILABLE, failure)) && mayLog()) {
            LOG.warn("Kafka did not take an event: {}", failure.toString());
        }
    }

    /** At most once a second: an outage fails thousands of events for the same reason. */
    private boolean mayLog() {
        long now = System.nanoTime();
        long last = logged.get();
        return now - last > LOG_EVERY.toNanos() && logged.compareAndSet(last, now);
    }

    private static String type(Event event) {
        return event.envelope().type();
    }
}
