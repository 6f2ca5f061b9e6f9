package io.masterdeal.queue;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.masterdeal.queue.broker.BrokerSettings;
import io.masterdeal.queue.servers.Database;
import io.masterdeal.queue.servers.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A test with its own broker and tables. */
abstract class QueueCase {

    /** The longest handler timeout. */
    static final Duration LONG = Duration.ofSeconds(40);

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private HikariDataSource database;

    @TempDir
    private Path directory;

    /** The broker of the test. */
    abstract TestBroker broker();

    @BeforeEach
    void makeTables() {
        var _ = broker();
        database = Database.create();
        toClose.push(database);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    final HikariDataSource database() {
        return database;
    }

    final BrokerSettings brokerSettings() {
        return TaskQueues.broker(broker().settings()::get, broker().kafkaClient());
    }

    /** A queue that no other test has. */
    final QueueSettings settings() {
        return QueueSettings.of("test." + UUID.randomUUID()).withPauses(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    final TaskQueue open(QueueSettings settings) {
        TaskQueue queue = TaskQueues.open(brokerSettings(), settings, database, meters);
        toClose.push(queue);
        return queue;
    }

    final HandlerProcess process(QueueSettings settings) throws Exception {
        HandlerProcess process = HandlerProcess.start(directory, broker(), database, settings);
        toClose.push(process::kill);
        return process;
    }

    final double counted(String name, QueueSettings settings) {
        return meters.get(name).tag("queue", settings.name()).counter().count();
    }

    final double handled(String outcome, QueueSettings settings) {
        return meters.get("masterdeal.queue.handled")
                .tags("queue", settings.name(), "outcome", outcome)
                .counter()
                .count();
    }

    /** Long enough for a busy machine: these tests are not about speed. */
    final ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(25));
    }

    final TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(database()));
    }

    final void execute(String statement) throws Exception {
        try (Connection connection = database().getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    static TaskOutcome meet(CountDownLatch mine, CountDownLatch theirs) {
        mine.countDown();
        return waitFor(theirs);
    }

    /** Retried if that does not happen within the handler timeout, so a slow machine only takes longer. */
    static TaskOutcome waitFor(CountDownLatch latch) {
        try {
            return latch.await(LONG.toSeconds() - 5, TimeUnit.SECONDS)
                    ? TaskOutcome.done()
                    : TaskOutcome.retry("nobody came");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TaskOutcome.retry("interrupted");
        }
    }
}
