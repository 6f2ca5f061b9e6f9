package io.masterdeal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.event.Envelope;
import io.masterdeal.contracts.event.Event;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a demonstration counts of SLA. */
class SlaCountsTest {

    private static final Schema WITHOUT_FINAL =
            SchemaBuilder.record("updated").fields().requiredString("root").endRecord();

    private static final Schema WITH_FINAL =
            SchemaBuilder.record("breached").fields().requiredBoolean("final").endRecord();

    private final SlaStatements statements = new SlaStatements();

    @Test
    void the_clocks_of_all_policies_are_added_up() {
        JsonNode groups = json("""
                [{"name": "a", "clocks": 10, "running": 1, "paused": 2, "met": 3, "breached": 4, "cancelled": 5, "at_risk": 1},
                 {"name": "b", "clocks": 25, "running": 10, "met": 15, "at_risk": 2}]""");

        SlaCounts.Clocks clocks = SlaCounts.Clocks.of(groups);

        assertThat(clocks).isEqualTo(new SlaCounts.Clocks(11, 2, 3, 18, 4, 5));
        assertThat(clocks.open()).isEqualTo(13);
    }

    @Test
    void a_platform_that_says_nothing_of_sla_has_no_clocks_and_no_tasks() {
        assertThat(SlaCounts.Clocks.of(json("{}").path("groups"))).isEqualTo(SlaCounts.NONE.clocks());
        assertThat(SlaCounts.Tasks.of(json("{\"state\": \"idle\"}"))).isEqualTo(SlaCounts.NONE.tasks());
    }

    @Test
    void canonical_events_about_sla_are_counted_by_kind_and_others_not_at_all() {
        statements.read(event("masterdeal.updated", WITHOUT_FINAL, false));
        statements.read(event("masterdeal.closed", WITHOUT_FINAL, false));
        statements.read(event("masterdeal.sla.warned", WITHOUT_FINAL, false));
        statements.read(event("masterdeal.sla.breached", WITHOUT_FINAL, false));
        statements.read(event("masterdeal.sla.breached", WITH_FINAL, false));
        statements.read(event("masterdeal.sla.breached", WITH_FINAL, true));
        for (int i = 0; i < 4; i++) {
            statements.read(event("masterdeal.sla.retracted", WITHOUT_FINAL, false));
        }

        assertThat(statements.told()).isEqualTo(new SlaCounts.Told(1, 2, 1, 4));
    }

    private static Event event(String type, Schema schema, boolean last) {
        GenericRecord data = new GenericData.Record(schema);
        if (data.hasField("final")) {
            data.put("final", last);
        }
        Envelope envelope = new Envelope(
                UUID.randomUUID(),
                "/masterdeal",
                type,
                "masterdeal:deal:1",
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                false);
        return new Event(envelope, data);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
