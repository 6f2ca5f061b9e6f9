package io.masterdeal.router.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/**
 * A delivery to a topic succeeds only when Kafka has acknowledged it. The producer is Kafka's mock, because the tests choose
 * what it answers.
 */
class KafkaSenderTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void nothing_counts_as_accepted_before_kafka_acknowledged_it() {
        // when
        CompletableFuture<SinkResponse> answer = send();

        // then
        assertThat(answer).isNotDone();
        producer.completeNext();
        assertThat(answer.join().verdict()).isEqualTo(SinkResponse.Verdict.TAKEN);
    }

    @Test
    void an_unavailable_kafka_is_tried_again_and_a_record_it_never_accepts_is_refused() {
        // given
        CompletableFuture<SinkResponse> away = send();
        CompletableFuture<SinkResponse> tooLarge = send();

        // when
        producer.errorNext(new TimeoutException("no broker answers"));
        producer.errorNext(new RecordTooLargeException("too large"));

        // then
        assertThat(away.join().verdict()).isEqualTo(SinkResponse.Verdict.AWAY);
        assertThat(tooLarge.join().verdict()).isEqualTo(SinkResponse.Verdict.REFUSED);
    }

    private CompletableFuture<SinkResponse> send() {
        return KafkaSender.send(producer, new ProducerRecord<>("partners", "{}".getBytes(StandardCharsets.UTF_8)));
    }
}
