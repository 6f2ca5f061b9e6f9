package io.masterdeal.gateway.publish;

import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.contracts.registry.SchemaRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;

/**
 * A registry that is not asked again for a moment after it failed to answer, or each event of a batch would wait in vain.
 */
final class FailFastRegistry implements SchemaRegistry {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final SchemaRegistry registry;

    /** When it may be asked again, by {@link System#nanoTime}. */
    private final AtomicLong closedUntil = new AtomicLong(System.nanoTime());

    FailFastRegistry(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public int register(String subject, Schema schema) {
        checkOpen();
        try {
            return registry.register(subject, schema);
        } catch (RegistryUnavailableException e) {
            throw closing(e);
        }
    }

    @Override
    public Schema byId(int id) {
        checkOpen();
        try {
            return registry.byId(id);
        } catch (RegistryUnavailableException e) {
            throw closing(e);
        }
    }

    private void checkOpen() {
        if (System.nanoTime() - closedUntil.get() < 0) {
            throw new RegistryUnavailableException("the schema registry did not answer a moment ago");
        }
    }

    private RegistryUnavailableException closing(RegistryUnavailableException e) {
        closedUntil.set(System.nanoTime() + MOMENT.toNanos());
        return e;
    }
}
