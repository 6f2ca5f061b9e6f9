package io.masterdeal.queue;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The task queue over Kafka. */
class KafkaTaskQueueTest extends TaskQueueContract {

    @Override
    TestBroker broker() {
        return Servers.kafka();
    }

    @Test
    void more_tasks_are_handled_at_the_same_time_than_there_are_consumers() throws Exception {
        // given four consumers, and more tasks than consumers
        TaskQueue queue = open(settings().withAtOnce(8).withHandlerTimeout(Duration.ofSeconds(40)));
        AtomicInteger running = new AtomicInteger();
        CountDownLatch enoughAtOnce = new CountDownLatch(1);
        IntStream.range(0, 16).forEach(i -> queue.send(Task.of("work", "")));

        // when each waits until five are there, and is retried if they are not
        queue.handle(_ -> {
            if (running.incrementAndGet() == 5) {
                enoughAtOnce.countDown();
            }
            try {
                return enoughAtOnce.await(5, TimeUnit.SECONDS)
                        ? TaskOutcome.done()
                        : TaskOutcome.retry("not enough are here");
            } finally {
                running.decrementAndGet();
            }
        });

        // then
        eventually().until(() -> enoughAtOnce.getCount() == 0);
    }
}
