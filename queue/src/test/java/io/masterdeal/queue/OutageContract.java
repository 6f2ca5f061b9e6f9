package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a task queue does while its broker is away. */
@Isolated
abstract class OutageContract extends QueueCase {

    @Test
    void an_unavailable_broker_is_found_again_and_nothing_is_lost() {
        // given a task at the broker, one in its handler, and later one that waits
        QueueSettings settings = settings().withAtOnce(1);
        TaskQueue queue = open(settings);
        CountDownLatch away = new CountDownLatch(1);
        RecordingHandler handled = new RecordingHandler(_ -> waitForOutage(away));
        queue.handle(handled);
        Task working = Task.of("work", "in its handler");
        Task atBroker = Task.of("work", "at the broker");
        Task waiting = Task.of("work", "waiting");
        queue.send(working);
        eventually().until(() -> handled.ids().contains(working.id()));
        queue.send(atBroker);

        // when
        broker().stop();
        queue.sendAt(waiting, Instant.now());
        assertThatThrownBy(() -> queue.send(Task.of("work", "refused")))
                .isInstanceOf(QueueException.class)
                .hasMessageContaining(settings.name());
        away.countDown();
        broker().start();

        // then
        eventually()
                .until(() ->
                        handled.ids().contains(atBroker.id()) && handled.ids().contains(waiting.id()));
        Task after = Task.of("work", "after");
        queue.send(after);
        eventually().until(() -> handled.ids().contains(after.id()));
        assertThat(queue.deadLetters(10)).isEmpty();
        eventually().until(() -> queue.waiting() == 0);
    }

    private static TaskOutcome waitForOutage(CountDownLatch away) {
        try {
            away.await();
        } catch (InterruptedException e) {
            return TaskOutcome.retry("interrupted");
        }
        return TaskOutcome.done();
    }
}
