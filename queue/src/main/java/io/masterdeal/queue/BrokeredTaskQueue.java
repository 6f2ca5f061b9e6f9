package io.masterdeal.queue;

import io.masterdeal.queue.broker.Receiver;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A task queue over any broker. */
final class BrokeredTaskQueue implements TaskQueue {

    private static final Logger log = LoggerFactory.getLogger(BrokeredTaskQueue.class);

    private final QueueSettings settings;

    private final QueueParts parts;

    private final DueTaskSender dueTasks;

    private final BrokeredTaskSender sender;

    private final Clock clock;

    private @Nullable Receiver receiver;

    private volatile boolean closed;

    BrokeredTaskQueue(QueueSettings settings, QueueParts parts, DueTaskSender dueTasks, Clock clock) {
        this.settings = settings;
        this.parts = parts;
        this.dueTasks = dueTasks;
        this.sender = new BrokeredTaskSender(settings.name(), parts.broker(), parts.meters(), clock);
        this.clock = clock;
    }

    @Override
    public void send(Task task) {
        if (closed) {
            throw new QueueException("the queue " + settings.name() + " is closed", null);
        }
        sender.send(task);
    }

    @Override
    public void sendAt(Task task, Instant dueAt) {
        keep(parts.due(), task, dueAt);
    }

    @Override
    public void sendAt(Connection transaction, Task task, Instant dueAt) {
        keep(table(transaction), task, dueAt);
    }

    @Override
    public void sendAllAt(Connection transaction, Collection<Task> tasks, Instant dueAt) {
        if (tasks.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        int added = table(transaction)
                .addAll(tasks.stream()
                        .map(task -> new WaitingTask(task, 0, now, dueAt))
                        .toList());
        for (int i = added; i < tasks.size(); i++) {
            parts.meters().duplicate();
        }
        wakeAt(dueAt);
    }

    private DueTable table(Connection transaction) {
        return new DueTable(new JdbcTemplate(new SingleConnectionDataSource(transaction, true)), settings.name());
    }

    private void keep(DueTable table, Task task, Instant dueAt) {
        if (!table.add(new WaitingTask(task, 0, clock.instant(), dueAt))) {
            parts.meters().duplicate();
        }
        wakeAt(dueAt);
    }

    private void wakeAt(Instant dueAt) {
        parts.alarm().at(dueAt);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    parts.alarm().at(dueAt);
                }
            });
        }
    }

    @Override
    public synchronized void handle(TaskHandler handler) {
        if (closed || receiver != null) {
            throw new IllegalStateException(
                    "the queue " + settings.name() + (closed ? " is closed" : " has a handler already"));
        }
        receiver = parts.broker().receive(settings.atOnce(), new TaskWorker(settings, handler, parts));
    }

    @Override
    public List<DeadLetter> deadLetters(int atMost) {
        return parts.deadLetters().oldest(atMost);
    }

    @Override
    public boolean redrive(UUID taskId) {
        boolean there = parts.deadLetters().redrive(taskId);
        parts.alarm().at(clock.instant());
        return there;
    }

    @Override
    public boolean discard(UUID taskId) {
        return parts.deadLetters().delete(taskId);
    }

    @Override
    public long waiting() {
        return parts.due().count();
    }

    @Override
    public int brokerDeliveryLimit() {
        return parts.broker().deliveryLimit();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (receiver != null) {
                receiver.close(settings.handlerTimeout().plus(TaskWorker.BESIDES));
            }
            dueTasks.stop();
        } catch (InterruptedException e) {
            log.warn("interrupted while the queue {} was closed; tasks under way are handled again", settings.name());
            Thread.currentThread().interrupt();
        } finally {
            sender.close();
            parts.threads().shutdownNow();
        }
    }
}
