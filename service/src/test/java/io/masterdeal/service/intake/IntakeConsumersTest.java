package io.masterdeal.service.intake;

import static io.masterdeal.service.servers.DomainEvents.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.service.delay.ServiceDelays;
import io.masterdeal.service.kafka.KafkaClients;
import io.masterdeal.service.servers.DomainEvents;
import io.masterdeal.service.servers.RunningService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** What becomes of the intake when Kafka's client itself fails. */
class IntakeConsumersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void a_consumer_that_fails_before_it_commits_is_replaced_and_its_events_are_read_again() throws Exception {
        // given
        RunningService service = RunningService.shared();
        KafkaClients clients = DomainEvents.clients("fails-once");
        IntakeMeters meters = new IntakeMeters(
                new SimpleMeterRegistry(), ServiceDelays.of(new SimpleMeterRegistry(), Clock.systemUTC()));
        AtomicInteger made = new AtomicInteger();
        CountDownLatch seenDown = new CountDownLatch(1);
        IntakeConsumers consumers = new IntakeConsumers(
                () -> {
                    if (made.incrementAndGet() == 1) {
                        return withoutCommit(clients.intakeConsumer());
                    }
                    awaitQuietly(seenDown);
                    return clients.intakeConsumer();
                },
                new SimpleMeterRegistry());
        try (DomainEvents events = new DomainEvents();
                Producer<byte[], byte[]> producer = clients.producer()) {
            Intake intake = Intakes.intake(
                    clients.group(), consumers, List.of("dcm.events"), producer, meters, IntakeLimits.ofLanes(2));
            events.send(event("dcm.invoice.issued", "dcm:invoice:fails-once", 1, "crm:deal:fails-once"));

            // when
            intake.start();

            // then
            await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.DOWN));
            seenDown.countDown();
            IntakeProgress progress = Intakes.progress(clients.group(), List.of("dcm.events"));
            await().atMost(PATIENCE)
                    .until(() -> progress.partitions().stream().allMatch(it -> it.committed() == it.end()));
            await().atMost(PATIENCE).until(() -> meters.health().getStatus().equals(Status.UP));
            assertThat(made).hasValue(2);
            assertThat(service.get("/masterdeal/dcm:invoice:fails-once")
                            .path("facts")
                            .intValue())
                    .isEqualTo(1);
            intake.stop();
        }
    }

    @Test
    void a_refused_record_whose_error_event_fails_at_first_is_kept_before_its_offset_is_committed() throws Exception {
        // given: a record that is no event, and a Kafka that takes the second error event only
        KafkaClients clients = DomainEvents.clients("error-events-fail-once");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        IntakeMeters meters = new IntakeMeters(registry, ServiceDelays.of(registry, Clock.systemUTC()));
        AtomicInteger made = new AtomicInteger();
        try (DomainEvents events = new DomainEvents();
                Producer<byte[], byte[]> producer = clients.producer()) {
            events.send(new ProducerRecord<>("dcm.events", "poison".getBytes(UTF_8), "poison".getBytes(UTF_8)));
            Intake intake = Intakes.intake(
                    clients.group(),
                    () -> {
                        made.incrementAndGet();
                        return clients.intakeConsumer();
                    },
                    List.of("dcm.events"),
                    failingOnce(producer),
                    meters,
                    IntakeLimits.ofLanes(2));

            // when
            intake.start();

            // then
            IntakeProgress progress = Intakes.progress(clients.group(), List.of("dcm.events"));
            await().atMost(PATIENCE)
                    .until(() -> progress.partitions().stream().allMatch(it -> it.committed() == it.end()));
            intake.stop();
            assertThat(made).as("consumers").hasValue(1);
            assertThat(registry.find("masterdeal.intake.refused").counters().stream()
                            .mapToDouble(it -> it.count())
                            .sum())
                    .as("error events that were tried")
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> failingOnce(Producer<byte[], byte[]> real) {
        AtomicInteger sent = new AtomicInteger();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("send") && sent.incrementAndGet() == 1) {
                        return CompletableFuture.failedFuture(new IllegalStateException("not now"));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> withoutCommit(Consumer<byte[], byte[]> real) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("commitSync")) {
                        throw new IllegalStateException("a defect of the client");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
