package io.masterdeal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.queue.servers.Servers;
import io.masterdeal.queue.servers.TestBroker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The task queue over Kafka. */
class KafkaTaskQueueTest extends TaskQueueContract {

    @Override
    TestBroker broker() {
        return Servers.kafka();
    }

    @Test
    void more_tasks_are_handled_at_once_than_there_are_consumers() throws Exception {
        // given
        TaskQueue queue = open(settings().withAtOnce(8).withHandlerTimeout(Duration.ofSeconds(40)));
        CountDownLatch all = new CountDownLatch(8);
        Set<Boolean> met = new HashSet<>();
        IntStream.range(0, 8).forEach(i -> queue.send(Task.of("work", "")));

        // when
        queue.handle(_ -> {
            all.countDown();
            boolean here = all.await(35, TimeUnit.SECONDS);
            synchronized (met) {
                met.add(here);
            }
            return Outcome.done();
        });

        // then
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        eventually().until(() -> !met.isEmpty());
        assertThat(met).containsExactly(true);
    }
}
