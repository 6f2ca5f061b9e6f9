package io.masterdeal.app.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The logs in {@code samples/} become events that the contracts accept. */
class SamplesTest {

    private static final Path SAMPLES =
            Path.of(System.getProperty("masterdeal.home", "")).resolve("samples");

    private final EventJson contracts = new EventJson(EventCatalog.bundled());

    @Test
    void every_event_of_the_sample_deals_keeps_the_contracts() throws IOException {
        List<Event> events = accepted(SAMPLES.resolve("deals.csv"), SAMPLES.resolve("deals.mapping.json"));

        assertThat(events).hasSize(560);
    }

    @Test
    void every_sample_event_keeps_the_contracts() throws IOException {
        List<Event> events = accepted(SAMPLES.resolve("events.jsonl"), null);

        assertThat(events).hasSize(79);
    }

    private List<Event> accepted(Path log, @Nullable Path mapping) throws IOException {
        List<Event> accepted = new ArrayList<>();
        try (EventLog events = EventLogs.open(log, mapping, problem -> {
            throw new AssertionError(problem.message());
        })) {
            events.forEachRemaining(event -> accepted.add(contracts.read(event.cloudEvent())));
        }
        return accepted;
    }
}
