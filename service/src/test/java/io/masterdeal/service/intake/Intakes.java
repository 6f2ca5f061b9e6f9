package io.masterdeal.service.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.service.servers.RunningService;
import io.masterdeal.service.store.FactStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes more intakes for the store of the running service, for the tests of this package. */
final class Intakes {

    private Intakes() {}

    /**
     * An intake that is not started.
     *
     * @param producer what error events are sent with
     */
    static Intake intake(
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<String> topics,
            Producer<byte[], byte[]> producer,
            IntakeMeters meters,
            IntakeLimits limits) {
        return new Intake(
                consumers,
                topics,
                RunningService.serde(),
                RunningService.shared().bean(FactStore.class),
                new RefusedRecords(EventCatalog.bundled(), RunningService.serde(), producer, Clock.systemUTC(), meters),
                meters,
                limits);
    }
}
