package io.masterdeal.effects;

import io.masterdeal.effects.servers.RemoteSystem.Received;
import io.masterdeal.effects.servers.TaskTracker;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.queue.QueueSettings;
import io.masterdeal.queue.TaskQueues;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.testbed.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Tasks for SLA, and a Task-Tracker behind the server in the gateway's place: the ground of single cases. */
abstract class SlaTaskCase extends DispatchCase {

    /** A process without its broker. */
    static final SlaQueue NO_QUEUE = new SlaQueue(() -> {
        throw new IllegalStateException("no broker");
    });

    final TaskTracker tracker = new TaskTracker();

    SlaTaskWriter writer;

    @BeforeEach
    void know_the_deal() {
        jdbc().sql("TRUNCATE sla_statements").update();
        remote.answers(tracker);
        add(fact("crm.deal.created", D1, Duration.ofHours(3)));
        writer = writer(true, NO_QUEUE);
    }

    SlaTaskWriter writer(boolean gateway, SlaQueue queue) {
        return new SlaTaskWriter(queue, gateway, LEASE, meters);
    }

    static SlaQueue slaQueue(String name) {
        LocalAddresses kafka = TestServers.get().addresses();
        Map<String, String> client = new HashMap<>(kafka.kafkaClientProperties());
        client.put("bootstrap.servers", kafka.kafkaBootstrapServers());
        return new SlaQueue(() -> TaskQueues.open(
                TaskQueues.broker(_ -> null, client),
                QueueSettings.of(name),
                database.dataSource(),
                new SimpleMeterRegistry()));
    }

    @Override
    Dispatcher dispatcher(boolean gateway, Retries retries) {
        Dispatcher dispatcher = super.dispatcher(gateway, retries);
        writer.wakes(dispatcher::wake);
        return dispatcher;
    }

    static SlaTasks.Task breach(UUID id) {
        return task(id, null, "Answer the client", true);
    }

    static SlaTasks.Task task(UUID id, @Nullable String object, String title, boolean page) {
        return new SlaTasks.Task(
                id,
                deal(D1),
                new ObjectKey(D1),
                page ? "breached" : "warned",
                page ? 100 : 80,
                "brief-to-offer",
                object == null ? null : new ObjectKey(object),
                "crm",
                title,
                page,
                NOW.minus(Duration.ofHours(8)),
                NOW,
                NOW,
                7);
    }

    int open(SlaTasks.Task... tasks) {
        return write(List.of(tasks), List.of());
    }

    int close(UUID... ids) {
        return write(List.of(), List.of(ids));
    }

    int write(Collection<SlaTasks.Task> open, Collection<UUID> close) {
        try {
            int written = new Transactions(database.dataSource(), registry)
                    .runByKeys(connection -> writer.write(connection, open, close));
            writer.committed(written);
            return written;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The paths of all requests so far. */
    List<String> asked() {
        return remote.received().stream().map(Received::path).toList();
    }
}
