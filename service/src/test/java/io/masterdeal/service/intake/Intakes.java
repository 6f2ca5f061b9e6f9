package io.masterdeal.service.intake;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.VersionLimits;
import io.masterdeal.contracts.kafka.EventSerde;
import io.masterdeal.facts.FactStore;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes more intakes for the store of the running service, for the tests of this package. */
final class Intakes {

    /** Of these tests; it ends with the JVM. */
    static final Admin ADMIN = DomainEvents.clients("unused").admin();

    private Intakes() {}

    /**
     * An intake that is not started, with positions of its own.
     *
     * @param group whose positions it has
     * @param producer what error events are sent with
     */
    static Intake intake(
            String group,
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<String> topics,
            Producer<byte[], byte[]> producer,
            IntakeMeters meters,
            IntakeLimits limits) {
        return intake(
                group,
                consumers,
                topics,
                producer,
                meters,
                limits,
                RunningService.shared().bean(DataSource.class),
                RunningService.shared().bean(FactStore.class));
    }

    /** The same for a store of the test's own. */
    static Intake intake(
            String group,
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<String> topics,
            Producer<byte[], byte[]> producer,
            IntakeMeters meters,
            IntakeLimits limits,
            DataSource dataSource,
            FactStore store) {
        InputPositions positions = positions(group, dataSource);
        RefusedRecords refused =
                new RefusedRecords(EventCatalog.bundled(), RunningService.serde(), producer, Clock.systemUTC(), meters);
        IntakeIncidents incidents = new IntakeIncidents(transactions(dataSource), group, new SimpleMeterRegistry());
        return new Intake(
                consumers,
                topics,
                records(RunningService.serde()),
                new BatchStorage(store, positions, refused, meters, limits),
                new ReadingPlaces(positions, incidents, look(), topics, meters),
                meters,
                limits);
    }

    /** Reads records as the service does. */
    static RecordReader records(EventSerde serde) {
        return new RecordReader(serde, new VersionLimits(Duration.ofMinutes(5)));
    }

    /** How far a group is in the store of the running service. */
    static IntakeProgress progress(String group, List<String> topics) {
        return progress(group, topics, RunningService.shared().bean(DataSource.class));
    }

    /** How far a group is in a store. */
    static IntakeProgress progress(String group, List<String> topics, DataSource dataSource) {
        return new IntakeProgress(ADMIN, positions(group, dataSource), topics);
    }

    /** What an operator decides about a group. */
    static IntakeDecisions decisions(String group, List<String> topics, DataSource dataSource) {
        Transactions transactions = transactions(dataSource);
        return new IntakeDecisions(
                transactions,
                group,
                new IntakeIncidents(transactions, group, new SimpleMeterRegistry()),
                look(),
                topics);
    }

    static InputPositions positions(String group, DataSource dataSource) {
        return new InputPositions(transactions(dataSource), group);
    }

    private static TopicLook look() {
        return new TopicLook(ADMIN);
    }

    private static Transactions transactions(DataSource dataSource) {
        return new Transactions(dataSource, new SimpleMeterRegistry());
    }
}
