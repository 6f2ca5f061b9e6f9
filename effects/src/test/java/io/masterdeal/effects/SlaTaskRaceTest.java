package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whenever tasks are taken back, and whatever becomes of requests and answers, none stays open. */
class SlaTaskRaceTest extends SlaTaskCase {

    private static final int TASKS = 80;

    private static final Retries MANY = new Retries(100, Duration.ofMillis(10));

    private final long seed = new Random().nextLong();

    private final Random random = new Random(seed);

    @Test
    void none_stays_open_and_none_is_made_twice() throws Exception {
        remote.answers(this::answer);
        dispatcher(true, MANY);
        dispatcher(true, MANY);
        try (ScheduledExecutorService later = Executors.newScheduledThreadPool(4)) {
            List<ScheduledFuture<?>> closing = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                UUID id = UUID.randomUUID();
                open(breach(id));
                closing.add(later.schedule(() -> close(id), random(400), TimeUnit.MILLISECONDS));
            }
            for (ScheduledFuture<?> each : closing) {
                each.get();
            }
        }

        await().atMost(Duration.ofMinutes(2)).until(() -> new EffectTable(jdbc()).pending() == 0);

        List<String> wanted = List.of(D1 + " done", D1 + " suppressed taken-back");
        assertThat(effects()).as("seed %d", seed).hasSize(TASKS).isSubsetOf(wanted);
        assertThat(tracker.statuses()).as("seed %d", seed).containsOnly("Needless");
        assertThat(effects().stream().filter(it -> it.endsWith("done")))
                .as("seed %d", seed)
                .hasSameSizeAs(tracker.statuses());
    }

    /** Some requests do not arrive, some answers are lost, and some come when nobody waits for them any more. */
    private Answer answer(Received request) {
        int fate = random(10);
        if (fate < 2) {
            return Answer.of(503);
        }
        Answer answer = tracker.apply(request);
        if (fate == 2) {
            return Answer.of(504);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(fate == 3 ? 600 : random(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    private int random(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
