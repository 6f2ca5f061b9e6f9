package io.masterdeal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.router.servers.HostileSink;
import io.masterdeal.router.servers.Publisher;
import io.masterdeal.router.servers.RunningRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sink that breaks the rules of HTTP only costs attempts. */
class HostileSinkTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String DRAFTED = "docflow.contract.drafted";

    private static final int DEALS = 20;

    @ParameterizedTest
    @EnumSource(HostileSink.Trick.class)
    void whatever_the_sink_does_every_event_arrives_in_order_once_it_behaves(HostileSink.Trick trick) throws Exception {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(Publisher.event(DRAFTED, "docflow:contract:H-" + random.nextInt(DEALS)));
        }
        try (RunningRouter router = RunningRouter.start();
                Publisher publisher = new Publisher();
                // Only a tenth of the requests: with more the sink would count as unavailable, which another test
                // covers.
                HostileSink sink = HostileSink.start(trick, request -> request % 10 == 3)) {
            router.subscribe(
                    "hostile",
                    "{\"types\": [\"" + DRAFTED + "\"], \"sink\": {\"type\": \"http\", \"url\": \"" + sink.url()
                            + "\"}, \"retry\": {\"attempts\": 10, \"first-pause\": \"PT0.1S\", \"longest-pause\": \"PT0.2S\"},"
                            + " \"delivery\": {\"timeout\": \"PT1S\"}}");

            // when
            publisher.publish(events);

            // then
            await("seed " + seed)
                    .atMost(PATIENCE)
                    .until(() -> router.sums("hostile").path("delivered").longValue(0) == events.size());
            for (int deal = 0; deal < DEALS; deal++) {
                String subject = "docflow:contract:H-" + deal;
                assertThat(sink.taken(subject))
                        .as("seed %d, %s", seed, subject)
                        .containsExactlyElementsOf(events.stream()
                                .filter(it -> it.envelope().subject().equals(subject))
                                .map(it -> it.envelope().id().toString())
                                .toList());
            }
            assertThat(sink.tricks()).as("seed %d", seed).isGreaterThan(10);
            assertThat(router.get("/ledger/verify").path("differences")).isEmpty();
        }
    }
}
