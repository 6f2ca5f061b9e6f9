package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/** A place in the log counts as published when Kafka has everything before it, and not a moment sooner. */
class OutstandingTest {

    private static final LogSequenceNumber FIRST = LogSequenceNumber.valueOf(100);

    private static final LogSequenceNumber SECOND = LogSequenceNumber.valueOf(200);

    private static final RecordMetadata KEPT = new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0);

    private final Outstanding outstanding = new Outstanding();

    private final CompletableFuture<RecordMetadata> earlier = new CompletableFuture<>();

    private final CompletableFuture<RecordMetadata> later = new CompletableFuture<>();

    @Test
    void what_kafka_has_not_acknowledged_holds_its_place_and_all_later_ones() throws Exception {
        // given
        outstanding.add(earlier);
        outstanding.end(FIRST);
        outstanding.add(later);
        outstanding.end(SECOND);

        // when
        later.complete(KEPT);

        // then
        assertThat(outstanding.done()).isNull();
        assertThat(outstanding.isAllDone()).isFalse();
        assertThat(outstanding.acknowledged()).isZero();
        assertThat(outstanding.size()).isEqualTo(2);

        // when
        earlier.complete(KEPT);

        // then
        assertThat(outstanding.done()).isEqualTo(SECOND);
        assertThat(outstanding.acknowledged()).isEqualTo(2);
        assertThat(outstanding.size()).isZero();
    }

    @Test
    void a_place_is_told_once() throws Exception {
        outstanding.add(earlier);
        outstanding.end(FIRST);
        earlier.complete(KEPT);

        assertThat(outstanding.isAllDone()).isTrue();
        assertThat(outstanding.done()).isEqualTo(FIRST);
        assertThat(outstanding.done()).isNull();
    }

    @Test
    void an_event_that_kafka_refuses_is_never_passed_over() {
        outstanding.add(earlier);
        outstanding.end(FIRST);
        earlier.completeExceptionally(new IllegalStateException("too large"));

        assertThatThrownBy(outstanding::done)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("too large");
        assertThatThrownBy(outstanding::done).isInstanceOf(ExecutionException.class);
    }
}
