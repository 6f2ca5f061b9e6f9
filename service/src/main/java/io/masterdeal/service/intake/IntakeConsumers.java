package io.masterdeal.service.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the intake's consumers, one after another, and shows what the newest one measures of itself. */
final class IntakeConsumers implements Supplier<Consumer<byte[], byte[]>>, AutoCloseable {

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    private final MeterRegistry registry;

    private @Nullable KafkaClientMetrics metrics;

    IntakeConsumers(Supplier<Consumer<byte[], byte[]>> consumers, MeterRegistry registry) {
        this.consumers = consumers;
        this.registry = registry;
    }

    @Override
    public synchronized Consumer<byte[], byte[]> get() {
        close();
        Consumer<byte[], byte[]> consumer = consumers.get();
        metrics = new KafkaClientMetrics(consumer);
        metrics.bindTo(registry);
        return consumer;
    }

    /** Ends the measuring; the intake closes the consumers. */
    @Override
    public synchronized void close() {
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }
}
