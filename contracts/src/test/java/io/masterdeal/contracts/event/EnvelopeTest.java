package io.masterdeal.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final UUID ID = UUID.fromString("565d1252-04cc-5722-8ca7-9a5ea9dfb9ab");

    @Test
    void an_envelope_comes_back_from_its_attributes() {
        var envelope = Envelope.builder(
                        ID, "/crm", "crm.deal.created", "crm:deal:1", Instant.parse("2026-01-01T00:00:00.0019Z"))
                .sequence(5L)
                .correlationId("c")
                .causationId("d")
                .masterDealId(ID)
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .replayed(true)
                .build();
        var violations = new ArrayList<Violation>();

        assertThat(envelope.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00.001Z"));
        assertThat(ContextAttributes.read(ContextAttributes.write(envelope), violations))
                .isEqualTo(envelope);
        assertThat(envelope.toBuilder().build()).isEqualTo(envelope);
        assertThat(violations).isEmpty();
    }

    @Test
    void a_negative_sequence_is_refused() {
        var builder = Envelope.builder(ID, "/crm", "t", "s", Instant.EPOCH).sequence(-1L);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
