package io.masterdeal.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.benchmarks.intake.Progress;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.benchmarks.workload.TopicLoader;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.facts.StoredState;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A loaded store equals the one that taking in the events would have made. */
class DealLoaderTest {

    private static final DealWorkload DEALS = new DealWorkload(0, 200, 7, DealWorkload.Order.AS_HAPPENED);

    private static final List<Integer> ASKED = List.of(0, 1, 2, 100, 198, 199);

    /** The service's tables that no event changes, and its offsets in Kafka, from which a loaded deal does not come. */
    private static final List<String> NOT_OF_EVENTS = List.of(
            "flyway_schema_history",
            "active_rules",
            "active_sla",
            "active_settings",
            "active_fields",
            "rule_set_history",
            "relay_slot",
            "leases",
            "relay_incidents",
            "intake_positions",
            "intake_parts",
            "intake_incidents",
            "counts");

    @Test
    void a_loaded_deal_is_row_for_row_one_that_was_taken_in() throws Exception {
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            // given
            SortedMap<String, List<String>> takenIn;
            SortedMap<String, List<String>> indexes;
            Asked before;
            try (MeasuredRole service = service(platform);
                    Progress progress = new Progress(platform, "masterdeal-service")) {
                takeIn(platform, progress);
                takenIn = rows(platform);
                indexes = indexes(platform);
                before = moveOn(platform, service, progress);
            }

            // when
            DealLoader.load(platform, DEALS, line -> {});

            // then
            SortedMap<String, List<String>> loaded = rows(platform);
            assertThat(loaded.keySet()).isEqualTo(takenIn.keySet()).containsAll(DealLoader.TABLES);
            loaded.forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(takenIn.get(table)));
            assertThat(loaded.get("facts")).hasSize(DEALS.events());
            assertThat(loaded.get("deals")).hasSize(DEALS.deals());
            assertThat(indexes(platform)).isEqualTo(indexes);

            // and the service goes on with them: a later event moves a loaded deal as it moved the other
            forgetWhatWasPublished(platform);
            try (Progress progress = new Progress(platform, "masterdeal-service")) {
                long published = progress.canonical();
                try (MeasuredRole service = service(platform)) {
                    assertThatTheServiceGoesOn(platform, progress, published);
                    assertThat(moveOn(platform, service, progress)).isEqualTo(before);
                }
            }
        }
    }

    /**
     * What the service answers for some deals.
     *
     * @param asFound at first
     * @param moved after one more event of each
     */
    private record Asked(List<String> asFound, List<String> moved) {}

    /** Cancels some deals, and asks before and after. */
    private static Asked moveOn(MeasuredPlatform platform, MeasuredRole service, Progress progress) throws Exception {
        List<String> asFound = ask(platform, service);
        assertThat(asFound).allMatch(answer -> answer.contains("\"revision\":7"));
        TopicLoader.load(platform, listener -> ASKED.forEach(deal -> listener.accept(cancelled(deal))));
        awaitAllTakenIn(platform, progress);
        List<String> moved = ask(platform, service);
        assertThat(moved).allMatch(answer -> answer.contains("\"revision\":8") && answer.contains("\"facts\":8"));
        return new Asked(asFound, moved);
    }

    private static MeasuredRole service(MeasuredPlatform platform) throws InterruptedException {
        return MeasuredRole.service(platform, Map.of(), List.of("-XX:TieredStopAtLevel=1"));
    }

    private static void awaitAllTakenIn(MeasuredPlatform platform, Progress progress) throws Exception {
        long told = progress.inTopics();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> progress.committed() == told
                        && texts(platform, "SELECT 'x' FROM service.pending_folds")
                                .isEmpty());
    }

    /** Without when and by which instance it was said. */
    private static List<String> ask(MeasuredPlatform platform, MeasuredRole service) throws Exception {
        List<String> answers = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int deal : ASKED) {
                UUID id =
                        MasterDealId.of(new ObjectKey(DealWorkload.root(deal))).value();
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + service.port() + "/masterdeal/" + id))
                        .header("Authorization", "Bearer " + ApiKeys.read(platform.keys(), "reader"))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                answers.add(answer.body().replaceAll("\"(created|updated)_at\":\"[^\"]*\"", ""));
            }
        }
        return answers;
    }

    private static Event cancelled(int deal) {
        EventType type = Objects.requireNonNull(EventCatalog.bundled().type("crm.deal.cancelled"));
        return new Event(
                Envelope.builder(
                                UUID.nameUUIDFromBytes(("cancelled-" + deal).getBytes(StandardCharsets.UTF_8)),
                                "/crm",
                                type.name(),
                                DealWorkload.root(deal),
                                Instant.parse("2026-06-01T00:00:00Z"))
                        .sequence(9L)
                        .build(),
                new GenericRecordBuilder(type.schema()).set("links", List.of()).build());
    }

    /** The events of each deal one by one, since a batch with two of one deal would publish one revision for both. */
    private static void takeIn(MeasuredPlatform platform, Progress progress) throws Exception {
        for (List<Event> step : steps()) {
            TopicLoader.load(platform, step::forEach);
            awaitAllTakenIn(platform, progress);
        }
    }

    private static List<List<Event>> steps() {
        Map<String, Integer> told = new HashMap<>();
        List<List<Event>> steps = new ArrayList<>();
        DEALS.tell(event -> {
            int step = told.merge(Objects.requireNonNull(event.envelope().correlationId()), 1, Integer::sum) - 1;
            if (step == steps.size()) {
                steps.add(new ArrayList<>());
            }
            steps.get(step).add(event);
        });
        return steps;
    }

    /**
     * The loaded deals are where the others were before they moved on: to the service the database would have gone back in time.
     */
    private static void forgetWhatWasPublished(MeasuredPlatform platform) throws Exception {
        try (Admin admin = Admin.create(platform.kafka())) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (int i = 0; i < MeasuredPlatform.PARTITIONS; i++) {
                partitions.put(new TopicPartition("masterdeal.events", i), OffsetSpec.latest());
            }
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            admin.listOffsets(partitions)
                    .all()
                    .get()
                    .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get();
        }
    }

    /** A new deal is taken in and published, and nothing is published again. */
    private static void assertThatTheServiceGoesOn(MeasuredPlatform platform, Progress progress, long before)
            throws Exception {
        TopicLoader.load(platform, new DealWorkload(DEALS.deals(), 1, 7, DealWorkload.Order.AS_HAPPENED));
        awaitAllTakenIn(platform, progress);
        await().atMost(Duration.ofMinutes(1)).until(() -> progress.canonical() > before);
        assertThat(progress.canonical() - before).isBetween(1L, (long) DealWorkload.EVENTS_OF_A_DEAL);
        assertThat(texts(platform, "SELECT what FROM service.relay_incidents")).isEmpty();
    }

    /** The rows of every table, without their times and origins. */
    private static SortedMap<String, List<String>> rows(MeasuredPlatform platform) throws SQLException {
        SortedMap<String, List<String>> rows = new TreeMap<>();
        for (String table : texts(platform, "SELECT tablename FROM pg_tables WHERE schemaname = 'service'")) {
            if (!NOT_OF_EVENTS.contains(table)) {
                String left = switch (table) {
                    case "deals" -> ", 'state', 'sla_at'";
                    case "sla_clocks" -> "";
                    // The loader does not work out what is published.
                    case "deal_revisions" -> ", 'at', 'epoch', 'type', 'changed'";
                    default -> ", 'due_at'";
                };
                rows.put(
                        table,
                        texts(
                                platform,
                                "SELECT (to_jsonb(t) - ARRAY['received_at', 'origin', 'created_at', 'updated_at'" + left
                                        + "])::text AS row FROM service." + table + " t ORDER BY row"));
            }
        }
        rows.put("state of deals", states(platform));
        rows.put("counts", texts(platform, """
                SELECT what || ' ' || part || ' ' || sum(amount) AS sum FROM service.counts
                GROUP BY what, part HAVING sum(amount) <> 0 ORDER BY sum
                """));
        return rows;
    }

    /** Decoded, since the order of a map's entries in the bytes differs between processes. */
    private static List<String> states(MeasuredPlatform platform) throws SQLException {
        List<String> states = new ArrayList<>();
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT state FROM service.deals ORDER BY id")) {
            while (row.next()) {
                var state = StoredState.read(row.getBytes(1));
                states.add(state.facts() + " " + state.lastInstant() + " " + state.members() + " "
                        + new TreeMap<>(state.current()) + " " + new TreeMap<>(state.ever()) + " " + state.timeline());
            }
        }
        return states;
    }

    private static SortedMap<String, List<String>> indexes(MeasuredPlatform platform) throws SQLException {
        SortedMap<String, List<String>> indexes = new TreeMap<>();
        indexes.put(
                "indexes",
                texts(platform, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'service' ORDER BY indexdef"));
        indexes.put("constraints", texts(platform, """
                SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS c FROM pg_constraint
                WHERE connamespace = 'service'::regnamespace ORDER BY c
                """));
        return indexes;
    }

    private static List<String> texts(MeasuredPlatform platform, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = platform.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
