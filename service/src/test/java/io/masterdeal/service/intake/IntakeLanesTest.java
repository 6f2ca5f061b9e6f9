package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/** An intake whose every batch is divided into lanes, and every lane into transactions, beside another one of the same store. */
class IntakeLanesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int DEALS = 60;

    @Test
    void all_lanes_of_a_batch_are_stored_before_its_offsets_are_committed() throws Exception {
        // given: records wait of which each batch goes three ways, and no transaction has more than seven
        RunningService service = RunningService.shared();
        KafkaClients clients = DomainEvents.clients("lanes");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        IntakeMeters meters = new IntakeMeters(registry, ServiceDelays.of(registry, Clock.systemUTC()));
        List<String> topics = List.of("crm.events", "media.events", "dcm.events");
        try (DomainEvents events = new DomainEvents();
                Producer<byte[], byte[]> producer = clients.producer()) {
            for (int deal = 0; deal < DEALS; deal++) {
                String root = "crm:deal:lanes-" + deal;
                events.send(
                        event("dcm.invoice.issued", "dcm:invoice:lanes-" + deal, 3, root),
                        event("media.mediaplan.ready", "media:mediaplan:lanes-" + deal, 2, root),
                        event("crm.deal.created", root, 1));
            }
            Intake intake = Intakes.intake(
                    clients.group(),
                    new IntakeConsumers(clients::intakeConsumer, registry),
                    topics,
                    producer,
                    meters,
                    new IntakeLimits(3, 1, 50, 7, 1000, Duration.ofSeconds(10)));

            // when
            intake.start();

            // then: in any order, each record was taken in, found stored, or refused
            IntakeProgress progress = Intakes.progress(clients.group(), topics);
            await().atMost(PATIENCE)
                    .until(() -> progress.partitions().stream().allMatch(it -> it.committed() == it.end()));
            intake.stop();
            long records = progress.partitions().stream()
                    .mapToLong(IntakeProgress.Partition::end)
                    .sum();
            double refused = registry.find("masterdeal.intake.refused").counters().stream()
                    .mapToDouble(it -> it.count())
                    .sum();
            assertThat(registry.counter("masterdeal.intake.added").count()
                            + registry.counter("masterdeal.intake.duplicates").count()
                            + refused)
                    .isEqualTo((double) records);
            assertThat(registry.summary("masterdeal.intake.transaction.events").max())
                    .as("events of the largest transaction")
                    .isEqualTo(7);
            for (int deal = 0; deal < DEALS; deal++) {
                assertThat(service.get("/masterdeal/crm:deal:lanes-" + deal)
                                .path("facts")
                                .intValue())
                        .isEqualTo(3);
            }
        }
    }
}
