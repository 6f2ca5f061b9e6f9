package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.registry.IncompatibleSchemaException;
import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.contracts.registry.SchemaRegistry;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the schemas of the catalog in the background, so that the first event of a type need not wait and refusals of the
 * registry show at the start.
 */
final class SchemaRegistration implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistration.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final SchemaRegistry registry;
    private final Collection<EventType> types;
    private volatile @Nullable Thread worker;

    SchemaRegistration(SchemaRegistry registry, EventCatalog catalog) {
        this.registry = registry;
        this.types = catalog.types();
    }

    @Override
    public void start() {
        Thread thread = Workers.virtual("gateway-schema-registration", this::run);
        worker = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = worker;
        if (running != null) {
            running.interrupt();
            worker = null;
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private void run() {
        List<EventType> left = new ArrayList<>(types);
        int refused = 0;
        while (!left.isEmpty() && !Thread.currentThread().isInterrupted()) {
            EventType type = left.getFirst();
            try {
                registry.register(type.name(), type.schema());
                left.removeFirst();
            } catch (IncompatibleSchemaException e) {
                LOG.error("Events of type {} cannot be published: {}", type.name(), e.getMessage());
                left.removeFirst();
                refused++;
            } catch (RegistryUnavailableException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    LOG.warn(
                            "The schema registry cannot be reached, {} of {} schemas are still to be registered: {}",
                            left.size(),
                            types.size(),
                            e.getMessage());
                }
                pause();
            }
        }
        if (left.isEmpty()) {
            LOG.info("The schema registry has {} of {} schemas", types.size() - refused, types.size());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
