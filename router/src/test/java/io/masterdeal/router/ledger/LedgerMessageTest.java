package io.masterdeal.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which messages have the same order key. */
class LedgerMessageTest {

    private static final UUID DEAL = UUID.fromString("2f1c5e1e-8f0b-5c0b-9d8f-5f0e7a1b2c3d");

    @Test
    void events_of_two_objects_of_one_deal_keep_one_order() {
        assertThat(about("docflow:contract:K-1", DEAL).orderKey())
                .isEqualTo(about("dcm:invoice:I-1", DEAL).orderKey())
                .isEqualTo(DEAL.toString());
    }

    @Test
    void an_event_that_does_not_name_its_deal_keeps_the_order_of_its_object() {
        assertThat(about("docflow:contract:K-1", null).orderKey()).isEqualTo("docflow:contract:K-1");
    }

    private static LedgerMessage about(String subject, @Nullable UUID deal) {
        return new LedgerMessage(
                1,
                OffsetDateTime.parse("2026-03-01T10:00:00Z"),
                "docflow.events",
                0,
                7,
                new UUID(1, 2),
                "docflow.contract.signed",
                subject,
                deal,
                null,
                null);
    }
}
