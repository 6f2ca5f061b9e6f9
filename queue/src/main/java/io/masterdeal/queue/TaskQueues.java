package io.masterdeal.queue;

import io.masterdeal.queue.broker.BrokerException;
import io.masterdeal.queue.broker.BrokerQueue;
import io.masterdeal.queue.broker.BrokerSettings;
import io.masterdeal.queue.kafka.KafkaBrokerSettings;
import io.masterdeal.queue.rabbitmq.QueueType;
import io.masterdeal.queue.rabbitmq.RabbitBrokerSettings;
import io.masterdeal.worker.Workers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens task queues. */
public final class TaskQueues {

    /** The setting that chooses the broker: {@code kafka}, the default, or {@code rabbitmq}. */
    public static final String KIND = "masterdeal.queue.kind";

    private static final String PREFIX = "masterdeal.queue.";

    /** Microseconds, as PostgreSQL stores them. */
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    private TaskQueues() {}

    /** A setting by its name; null if it is not set. */
    @FunctionalInterface
    public interface Setting {

        /**
         * Looks up a setting.
         *
         * @param name of the setting
         * @return its value, null if there is none
         */
        @Nullable
        String get(String name);
    }

    /**
     * Reads from the settings which broker to use.
     *
     * @param settings {@code masterdeal.queue.kind} and, for RabbitMQ, {@code masterdeal.queue.rabbitmq.uri},
     *     {@code .username}, {@code .password}, {@code .queue-type}; for Kafka {@code masterdeal.queue.kafka.partitions} and
     *     {@code .replication-factor}
     * @param kafkaClient the settings of Kafka clients, including {@code bootstrap.servers}; may be empty for RabbitMQ
     * @return the broker
     * @throws BrokerException if a setting is missing or wrong; the message says which
     */
    public static BrokerSettings broker(Setting settings, Map<String, String> kafkaClient) {
        UnaryOperator<String> text = name -> orElse(settings.get(PREFIX + name), "");
        String broker = orElse(settings.get(KIND), "kafka");
        return switch (broker) {
            case "kafka" ->
                new KafkaBrokerSettings(
                        kafkaClient, number("kafka.partitions", text, 1), number("kafka.replication-factor", text, 1));
            case "rabbitmq" ->
                new RabbitBrokerSettings(
                        text.apply("rabbitmq.uri"),
                        text.apply("rabbitmq.username"),
                        text.apply("rabbitmq.password"),
                        QueueType.of(text.apply("rabbitmq.queue-type")));
            default -> throw new BrokerException(KIND + " is kafka or rabbitmq, not '" + broker + "'", null);
        };
    }

    private static String orElse(@Nullable String value, String other) {
        return value == null || value.isBlank() ? other : value;
    }

    private static int number(String name, UnaryOperator<String> text, int otherwise) {
        String value = text.apply(name);
        try {
            int number = value.isEmpty() ? otherwise : Integer.parseInt(value);
            if (number >= 1 && number <= Short.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new BrokerException(PREFIX + name + " is a number from 1 on, not '" + value + "'", null);
    }

    /**
     * Opens a queue only to send to it. Tasks are neither handled nor kept until they are due, so no table is needed.
     *
     * @param broker which broker
     * @param queue the name of the queue, as in {@link QueueSettings}
     * @param registry counts
     * @return to be closed by the caller
     * @throws IllegalArgumentException if the name is not valid
     * @throws BrokerException if the broker does not answer, or is not set up for task queues
     */
    public static TaskSender openToSend(BrokerSettings broker, String queue, MeterRegistry registry) {
        String name = QueueSettings.of(queue).name();
        return new BrokeredTaskSender(name, broker.openToSend(name), new QueueMeters(registry, name), CLOCK);
    }

    /**
     * Opens a queue, and creates it at the broker if it does not exist yet. From now on due tasks are sent; none is handled
     * before there is a handler.
     *
     * @param broker which broker
     * @param settings of the queue
     * @param dataSource connections to the schema with the tables of {@code masterdeal/queue/migrations}
     * @param registry counts
     * @return the queue, to be closed by the caller
     * @throws BrokerException if the broker does not answer, or cannot carry tasks
     */
    public static TaskQueue open(
            BrokerSettings broker, QueueSettings settings, DataSource dataSource, MeterRegistry registry) {
        String name = settings.name();
        BrokerQueue opened = broker.open(name, settings.handlerTimeout().plus(TaskWorker.BESIDES));
        JdbcClient jdbc = JdbcClient.create(dataSource);
        DueTable due = new DueTable(new JdbcTemplate(dataSource), name);
        DeadLetterTable deadLetters = new DeadLetterTable(jdbc, name);
        Gauge.builder("masterdeal.queue.waiting", due, DueTable::count)
                .description("Tasks that wait until they are due")
                .tag("queue", name)
                .register(registry);
        Gauge.builder("masterdeal.queue.dead.letters", deadLetters, DeadLetterTable::count)
                .description("Tasks that were given up and wait for an operator to redrive or discard them")
                .tag("queue", name)
                .register(registry);
        QueueParts parts = new QueueParts(
                opened,
                due,
                deadLetters,
                new WakeUpTimer(CLOCK),
                new QueueMeters(registry, name),
                Workers.perTask("queue-task-"));
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        DueTaskSender dueTasks = new DueTaskSender(name, due, transaction, opened, parts.alarm(), parts.meters());
        dueTasks.start();
        return new BrokeredTaskQueue(settings, parts, dueTasks, CLOCK);
    }
}
