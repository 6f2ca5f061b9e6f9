package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.START;
import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.ReceivedStatement;
import io.masterdeal.model.Fact;
import io.masterdeal.model.Retraction;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What an event says, and what it cannot say. */
class StatementReaderTest {

    @Test
    void an_event_that_comes_again_from_another_place_says_the_same() {
        // given
        Event event = event("crm.deal.created", "crm:deal:D-1", 0);

        // when
        ReceivedStatement first = StatementReader.read(event, at(7));
        ReceivedStatement again = StatementReader.read(event, at(1234));

        // then
        assertThat(again.contentHash()).isEqualTo(first.contentHash());
        assertThat(again.provenance().origin()).isEqualTo("crm.events-2@1234");
    }

    @Test
    void an_event_with_the_same_id_and_another_content_says_something_else() {
        // given
        Event event = event("crm.deal.created", "crm:deal:D-1", 0);
        Event altered = new Event(
                Envelope.builder(event.envelope().id(), "/crm", "crm.deal.created", "crm:deal:D-2", START)
                        .build(),
                event.data());

        // then
        assertThat(StatementReader.read(altered, at(7)).contentHash())
                .isNotEqualTo(StatementReader.read(event, at(7)).contentHash());
    }

    @Test
    void a_domain_takes_back_what_it_said_itself_and_nothing_of_another() {
        // given
        ReceivedStatement ofCrm = StatementReader.read(event("crm.deal.created", "crm:deal:D-1", 0), at(1));
        ReceivedStatement ofDocflow =
                StatementReader.read(event("docflow.contract.signed", "docflow:contract:K-1", 0), at(2));

        // when
        Retraction retraction = (Retraction) StatementReader.read(
                        retraction(List.of(
                                ofCrm.statement().eventId(),
                                ofDocflow.statement().eventId())),
                        at(3))
                .statement();

        // then
        assertThat(retraction.reaches((Fact) ofDocflow.statement())).isTrue();
        assertThat(retraction.reaches((Fact) ofCrm.statement())).isFalse();
    }

    private static Event retraction(List<UUID> retracted) {
        EventType type = Objects.requireNonNull(EventCatalog.bundled().type("docflow.event.retracted"));
        return new Event(
                Envelope.builder(UUID.randomUUID(), "/docflow", type.name(), "docflow:contract:K-1", START)
                        .build(),
                new GenericRecordBuilder(type.schema())
                        .set("retracts", retracted.stream().map(UUID::toString).toList())
                        .build());
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset) {
        return new ConsumerRecord<>("crm.events", 2, offset, new byte[0], new byte[0]);
    }
}
