package io.masterdeal.role.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** With one broker the tests' servers cannot show it: that an event is taken when every in-sync replica has it. */
class KafkaClientFactoryTest {

    @Test
    void an_event_is_taken_when_every_in_sync_replica_has_it_whatever_the_settings_file_says() {
        // given
        Map<String, Object> file =
                Map.of(ProducerConfig.ACKS_CONFIG, "1", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");

        // when
        Map<String, Object> properties = KafkaClientFactory.producerProperties(file);

        // then
        assertThat(properties)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    }
}
