package io.masterdeal.role.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One caller has only a part of the memory, and waiting callers are served in order. */
class BodyMemoryTest {

    @Test
    void what_one_caller_has_keeps_no_other_waiting() {
        // given
        var memory = new BodyMemory(1000, 400, 10, Duration.ofMillis(20));
        memory.begin("crm", 400);

        // when
        assertThatThrownBy(() -> memory.begin("crm", 1)).hasMessageContaining("one caller may have");
        BodyMemory.Lease other = memory.begin("legal", 400);

        // then
        assertThat(other).isNotNull();
        assertThat(memory.sinceRefused()).isNegative();
    }

    @Test
    void a_caller_has_only_so_many_bodies_at_once() {
        var memory = new BodyMemory(1000, 400, 2, Duration.ofMillis(20));
        memory.begin("crm", 1);
        BodyMemory.Lease second = memory.begin("crm", 1);

        assertThatThrownBy(() -> memory.begin("crm", 1)).hasMessageContaining("(2, or 400 bytes)");
        second.close();

        assertThat(memory.begin("crm", 1)).isNotNull();
    }

    @Test
    void when_all_of_it_is_taken_that_is_known() {
        var memory = new BodyMemory(1000, 600, 10, Duration.ofMillis(20));
        memory.begin("crm", 600);
        memory.begin("legal", 400);

        assertThatThrownBy(() -> memory.begin("dcm", 1)).hasMessageContaining("more to do than can be done");

        assertThat(memory.sinceRefused()).isNotNegative();
    }

    @Test
    void a_large_body_is_not_overtaken_for_ever_by_small_ones() throws Exception {
        // given
        var memory = new BodyMemory(1000, 1000, 100, Duration.ofSeconds(10));
        BodyMemory.Lease first = memory.begin("crm", 500);
        var large = CompletableFuture.supplyAsync(() -> memory.begin("legal", 900), Thread::startVirtualThread);
        Awaitility.await().until(() -> memory.waiting() == 1);
        var small = CompletableFuture.supplyAsync(() -> memory.begin("dcm", 200), Thread::startVirtualThread);
        Awaitility.await().until(() -> memory.waiting() == 2);

        // when
        first.close();

        // then
        BodyMemory.Lease served = large.get(10, TimeUnit.SECONDS);
        assertThat(small).isNotDone();
        served.close();
        assertThat(small.get(10, TimeUnit.SECONDS)).isNotNull();
    }
}
