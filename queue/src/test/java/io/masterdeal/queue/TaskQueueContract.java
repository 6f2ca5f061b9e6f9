package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.queue.broker.BrokerMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.transaction.support.TransactionTemplate;

/** What every task queue does, whatever its broker. */
@Execution(ExecutionMode.CONCURRENT)
abstract class TaskQueueContract extends QueueCase {

    @Test
    void a_task_is_handled_with_all_it_carries() {
        // given
        TaskQueue queue = open(settings());
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);
        Task task = Task.of("sla.check", "{\"deal\":\"Сделка №1\"}")
                .with(Task.CORRELATION_ID, "c-1")
                .with(Task.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .with("task-id", "not what we call so");

        // when
        queue.send(task);

        // then
        eventually().until(() -> !handled.ids().isEmpty());
        TaskDelivery delivery = handled.deliveries().getFirst();
        assertThat(delivery.task()).isEqualTo(task);
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(delivery.dueAt()).isEqualTo(delivery.firstAt()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void tasks_are_delivered_when_they_are_due_and_not_in_the_order_of_sending() {
        // given a handler that is there already, and one task at a time, so that the order can be seen
        TaskQueue queue = open(settings().withAtOnce(1));
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);
        queue.send(Task.of("first", ""));
        eventually().until(() -> handled.ids().size() == 1);

        // when, all in one transaction, so that a slow machine does not send one before it keeps the next
        Task tomorrow = Task.of("tomorrow", "");
        Task later = Task.of("later", "");
        Task sooner = Task.of("sooner", "");
        Instant now = Instant.now();
        transaction().executeWithoutResult(_ -> {
            queue.sendAt(tomorrow, now.plus(Duration.ofDays(1)));
            queue.sendAt(later, now.plusMillis(800));
            queue.sendAt(sooner, now.plusMillis(300));
        });

        // then
        eventually().until(() -> handled.ids().contains(later.id()));
        assertThat(handled.ids().stream().distinct().skip(1)).containsExactly(sooner.id(), later.id());
        assertThat(handled.timeOf(sooner)).isAfterOrEqualTo(now.plusMillis(300));
        assertThat(handled.timeOf(later)).isAfterOrEqualTo(now.plusMillis(800));
        eventually().until(() -> queue.waiting() == 1);
    }

    @Test
    void a_failed_task_is_retried_after_the_requested_pause() {
        // given
        QueueSettings settings = settings();
        TaskQueue queue = open(settings);
        RecordingHandler handled = new RecordingHandler(it -> switch (it.attempt()) {
            case 1 -> TaskOutcome.retry(Duration.ofMillis(400), "not yet");
            case 2 -> throw new IllegalStateException("broken");
            default -> TaskOutcome.done();
        });
        queue.handle(handled);
        Task task = Task.of("work", "{}").with("a", "1");

        // when
        queue.send(task);

        // then
        eventually().until(() -> handled("done", settings) >= 1);
        assertThat(handled.attempts()).startsWith(1, 2).contains(3);
        assertThat(handled.deliveries())
                .allSatisfy(each -> assertThat(each.task()).isEqualTo(task));
        assertThat(handled.deliveries())
                .extracting(TaskDelivery::firstAt)
                .containsOnly(handled.deliveries().getFirst().firstAt());
        assertThat(Duration.between(handled.times().get(0), handled.times().get(1)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(queue.deadLetters(10)).isEmpty();
        assertThat(handled("retried", settings)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_handler_that_takes_too_long_is_interrupted_and_its_task_is_retried() {
        // given a handler that never ends, the first time
        TaskQueue queue = open(settings().withAttempts(100).withHandlerTimeout(Duration.ofMillis(300)));
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        RecordingHandler handled = new RecordingHandler(_ -> {
            if (begun.getAndIncrement() == 0) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            }
            return TaskOutcome.done();
        });
        queue.handle(handled);

        // when
        queue.send(Task.of("work", ""));

        // then
        eventually().until(() -> handled.attempts().size() >= 2 && interrupted.get() == 1);
        assertThat(handled.attempts().get(1)).isGreaterThan(handled.attempts().get(0));
        assertThat(handled.ids().stream().distinct()).hasSize(1);
    }

    @Test
    void a_rejected_task_is_a_dead_letter_and_can_be_redriven() {
        // given
        QueueSettings settings = settings();
        TaskQueue queue = open(settings);
        AtomicInteger mended = new AtomicInteger();
        RecordingHandler handled = new RecordingHandler(
                _ -> mended.get() == 0 ? TaskOutcome.reject("no budget: '\0'") : TaskOutcome.done());
        queue.handle(handled);
        Task task = Task.of("work", "{\"a\":1}").with(Task.CORRELATION_ID, "c-1");

        // when
        queue.send(task);
        eventually().until(() -> !queue.deadLetters(10).isEmpty());

        // then
        DeadLetter dead = queue.deadLetters(10).getFirst();
        assertThat(dead.task()).isEqualTo(task);
        assertThat(dead.reason()).isEqualTo("rejected");
        assertThat(dead.detail()).isEqualTo("no budget: ' '");
        assertThat(dead.attempts()).isEqualTo(1);
        assertThat(dead.deadAt())
                .isBetween(dead.firstAt().minusSeconds(1), Instant.now().plusSeconds(1));

        // when
        mended.set(1);
        assertThat(queue.redrive(task.id())).isTrue();

        // then
        eventually().until(() -> handled.attempts().equals(List.of(1, 1)) && handled("done", settings) == 1);
        assertThat(queue.deadLetters(10)).isEmpty();
        assertThat(queue.redrive(task.id())).isFalse();
    }

    @Test
    void a_task_is_given_up_by_the_queue_long_before_the_broker_would() {
        // given
        TaskQueue queue = open(settings().withAttempts(3));
        RecordingHandler handled =
                new RecordingHandler(it -> TaskOutcome.retry("attempt " + it.attempt() + " of a bad day"));
        queue.handle(handled);
        Task task = Task.of("work", "");

        // when
        queue.send(task);
        eventually().until(() -> !queue.deadLetters(10).isEmpty());

        // then
        DeadLetter dead = queue.deadLetters(10).getFirst();
        assertThat(dead.reason()).isEqualTo("gave-up");
        assertThat(dead.detail()).isEqualTo("attempt 3 of a bad day");
        assertThat(dead.attempts()).isEqualTo(3);
        assertThat(handled.attempts()).containsExactly(1, 2, 3);
        assertThat(queue.brokerDeliveryLimit()).isGreaterThanOrEqualTo(2 * TaskWorker.MOST_DELIVERIES);
        assertThat(queue.discard(task.id())).isTrue();
        assertThat(queue.deadLetters(10)).isEmpty();
    }

    @Test
    void a_message_that_is_not_a_task_becomes_a_dead_letter_and_blocks_nothing() throws Exception {
        // given
        QueueSettings settings = settings();
        TaskQueue queue = open(settings);
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);

        // when
        try (var stranger =
                brokerSettings().open(settings.name(), settings.handlerTimeout().plus(TaskWorker.BESIDES))) {
            assertThat(stranger.publish(List.of(
                            new BrokerMessage("k", Map.of("task-id", "1"), "hello".getBytes(StandardCharsets.UTF_8)))))
                    .isEmpty();
        }
        queue.send(Task.of("work", ""));

        // then
        eventually()
                .until(() -> queue.deadLetters(10).size() == 1 && handled.ids().size() == 1);
        DeadLetter dead = queue.deadLetters(10).getFirst();
        assertThat(dead.reason()).isEqualTo("unreadable");
        assertThat(dead.task().payload()).isEqualTo("hello");
    }

    @Test
    void a_task_sent_in_a_transaction_is_sent_only_if_it_commits() throws Exception {
        // given
        TaskQueue queue = open(settings());
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);
        TransactionTemplate spring = transaction();
        Task committedBySpring = Task.of("work", "spring");
        Task committedByHand = Task.of("work", "hand");
        Task oneOfMany = Task.of("work", "one").with(Task.CORRELATION_ID, "c-1");
        Task anotherOfMany = Task.of("work", "another");

        // when
        spring.executeWithoutResult(status -> {
            queue.sendAt(Task.of("work", "rolled back"), Instant.now());
            status.setRollbackOnly();
        });
        try (Connection connection = database().getConnection()) {
            connection.setAutoCommit(false);
            queue.sendAt(connection, Task.of("work", "rolled back too"), Instant.now());
            connection.rollback();
            queue.sendAllAt(connection, List.of(Task.of("work", "rolled back as well")), Instant.now());
            connection.rollback();
            queue.sendAt(connection, committedByHand, Instant.now());
            queue.sendAllAt(connection, List.of(oneOfMany, anotherOfMany, oneOfMany), Instant.now());
            queue.sendAllAt(connection, List.of(), Instant.now());
            assertThat(queue.waiting()).isZero();
            connection.commit();
        }
        spring.executeWithoutResult(_ -> queue.sendAt(committedBySpring, Instant.now()));

        // then
        eventually().until(() -> Set.copyOf(handled.ids()).size() == 4);
        assertThat(handled.deliveries().stream().map(TaskDelivery::task))
                .contains(committedByHand, committedBySpring, oneOfMany, anotherOfMany);
        eventually().until(() -> queue.waiting() == 0);
    }

    @Test
    void several_processes_share_the_work_and_send_no_task_twice() {
        // given two queues, as two processes would have, each of which continues only when the other has work too
        QueueSettings settings = settings().withAtOnce(2).withHandlerTimeout(LONG);
        TaskQueue one = open(settings);
        TaskQueue other = open(settings);
        CountDownLatch oneHasWork = new CountDownLatch(1);
        CountDownLatch otherHasWork = new CountDownLatch(1);
        RecordingHandler byOne = new RecordingHandler(_ -> meet(oneHasWork, otherHasWork));
        RecordingHandler byOther = new RecordingHandler(_ -> meet(otherHasWork, oneHasWork));
        one.handle(byOne);
        other.handle(byOther);

        // when
        Instant due = Instant.now();
        Set<UUID> sent = new HashSet<>();
        IntStream.range(0, 150).forEach(i -> {
            Task task = Task.of("work", Integer.toString(i));
            one.sendAt(task, due);
            sent.add(task.id());
        });

        // then
        Set<UUID> handled = new HashSet<>();
        eventually().until(() -> {
            handled.addAll(byOne.ids());
            handled.addAll(byOther.ids());
            return handled.equals(sent);
        });
        assertThat(byOne.ids()).isNotEmpty();
        assertThat(byOther.ids()).isNotEmpty();
        eventually()
                .untilAsserted(() -> assertThat(counted("masterdeal.queue.sent", settings))
                        .isEqualTo(sent.size() + handled("retried", settings)));
        eventually().until(() -> one.waiting() == 0);
    }

    @Test
    void a_killed_process_loses_nothing() throws Exception {
        // given a process that has begun the last of many tasks
        QueueSettings settings = settings();
        TaskQueue queue = open(settings);
        List<UUID> sent = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> {
            Task task = Task.of(i == 10 ? "stuck" : "work", Integer.toString(i));
            queue.send(task);
            sent.add(task.id());
        });
        HandlerProcess process = process(settings);
        eventually().until(() -> process.began().contains(sent.get(10).toString()));

        // when
        process.kill();
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);

        // then each was begun there or is handled here, and the one that was under way is handled here
        Set<String> all = new HashSet<>();
        eventually().until(() -> {
            all.addAll(process.began());
            handled.ids().forEach(id -> all.add(id.toString()));
            return handled.ids().contains(sent.get(10)) && all.size() == sent.size();
        });
        TaskDelivery again = handled.deliveries().stream()
                .filter(it -> it.task().type().equals("stuck"))
                .findFirst()
                .orElseThrow();
        assertThat(again.attempt()).isGreaterThanOrEqualTo(2);
        assertThat(counted("masterdeal.queue.redelivered", settings)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void a_task_that_kills_its_process_is_given_up() throws Exception {
        // given
        QueueSettings settings = settings().withAttempts(1);
        TaskQueue queue = open(settings);
        Task task = Task.of("stuck", "");
        queue.send(task);
        HandlerProcess process = process(settings);
        eventually().until(() -> !process.began().isEmpty());

        // when
        process.kill();
        RecordingHandler handled = RecordingHandler.done();
        queue.handle(handled);

        // then
        eventually().until(() -> !queue.deadLetters(10).isEmpty());
        assertThat(queue.deadLetters(10).getFirst().reason()).isEqualTo("died");
        // A broker may take a while to notice that a process is gone, and deliver the task to it more than once.
        assertThat(queue.deadLetters(10).getFirst().attempts()).isGreaterThanOrEqualTo(1);
        assertThat(handled.ids()).isEmpty();
    }

    @Test
    void while_PostgreSQL_stores_nothing_the_broker_keeps_the_task() throws Exception {
        // given
        QueueSettings settings = settings().withAttempts(20);
        TaskQueue queue = open(settings);
        RecordingHandler handled =
                new RecordingHandler(it -> it.attempt() < 3 ? TaskOutcome.retry("again") : TaskOutcome.done());
        execute("ALTER TABLE queue_due RENAME TO gone");

        // when
        queue.handle(handled);
        queue.send(Task.of("work", ""));
        eventually().until(() -> handled.attempts().size() >= 2);
        execute("ALTER TABLE gone RENAME TO queue_due");

        // then
        eventually().until(() -> handled("done", settings) >= 1);
        assertThat(handled.attempts()).startsWith(1, 2).contains(3);
    }

    @Test
    void a_closing_queue_finishes_what_it_has_begun_and_leaves_the_rest_to_others() throws Exception {
        // given a handler in the middle of its work
        QueueSettings settings = settings().withAtOnce(1).withHandlerTimeout(LONG);
        TaskQueue first = open(settings);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        RecordingHandler ending = new RecordingHandler(_ -> {
            begun.countDown();
            return waitFor(mayEnd);
        });
        first.handle(ending);
        first.send(Task.of("work", "begun"));
        eventually().until(() -> begun.getCount() == 0);
        first.send(Task.of("work", "not begun"));

        // when
        Thread closing = Thread.ofVirtual().start(first::close);
        assertThat(closing.join(Duration.ofMillis(300))).isFalse();
        mayEnd.countDown();
        closing.join();

        // then
        RecordingHandler rest = RecordingHandler.done();
        open(settings).handle(rest);
        eventually()
                .until(() -> rest.deliveries().stream()
                        .anyMatch(it -> it.task().payload().equals("not begun")));
        assertThat(ending.deliveries()).extracting(it -> it.task().payload()).containsExactly("begun");
        assertThatThrownBy(() -> first.send(Task.of("work", ""))).isInstanceOf(QueueException.class);
    }
}
