package io.masterdeal.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.event.Event;
import io.masterdeal.role.http.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the table {@code deal_revisions} with the canonical events. */
final class PublishedRevisions {

    private PublishedRevisions() {}

    /** Checks that the table has a row for each of these events, and that each deal has all its revisions from 1 on. */
    static void assertHas(JdbcClient jdbc, List<Event> events) {
        List<String> rows = jdbc.sql(
                        "SELECT *, (SELECT root_key FROM deals WHERE id = deal_id) AS root FROM deal_revisions")
                .query((row, _) -> {
                    String about = row.getString("about");
                    UUID[] causes = (UUID[]) row.getArray("causes").getArray();
                    return String.join(
                            " ",
                            CanonicalEvents.eventId(
                                            row.getObject("deal_id", UUID.class),
                                            row.getLong("epoch"),
                                            row.getLong("revision"))
                                    .toString(),
                            row.getString("root"),
                            row.getString("revision"),
                            row.getString("type"),
                            row.getString("stage"),
                            row.getString("outcome"),
                            List.of((String[]) row.getArray("changed").getArray())
                                    .toString(),
                            Arrays.asList(causes).toString(),
                            row.getString("causes_total"),
                            about == null ? "" : about(JsonMapper.shared().readTree(about)));
                })
                .list();

        assertThat(rows)
                .containsAll(events.stream().map(PublishedRevisions::text).toList());
        assertThat(jdbc.sql("SELECT d.id FROM deals d LEFT JOIN deal_revisions r ON r.deal_id = d.id"
                                + " GROUP BY d.id HAVING count(r.revision) <> d.revision OR d.revision > 0"
                                + " AND (min(r.revision) <> 1 OR max(r.revision) <> d.revision)")
                        .query(String.class)
                        .list())
                .as("deals whose revisions have gaps")
                .isEmpty();
    }

    private static String text(Event event) {
        GenericRecord data = event.data();
        List<?> causes = (List<?>) data.get("cause");
        return String.join(
                " ",
                event.envelope().id().toString(),
                event.envelope().subject(),
                String.valueOf(event.envelope().sequence()),
                event.envelope().type(),
                String.valueOf(data.get("stage")),
                String.valueOf(data.get("outcome")),
                String.valueOf(data.get("changed")),
                new ArrayList<>(causes.subList(0, Math.min(20, causes.size()))).toString(),
                String.valueOf(data.get("cause_total")),
                about(data));
    }

    private static String about(GenericRecord data) {
        if (data.getSchema().getField("policy") == null) {
            return "";
        }
        return "%s of %s: %s %s %% at %s"
                .formatted(
                        data.get("policy"), data.get("object"), data.get("kind"), data.get("percent"), Times.text((Long)
                                Objects.requireNonNull(data.get("at"))));
    }

    private static String about(JsonNode about) {
        @Nullable String object = about.path("object").stringValue(null);
        return "%s of %s: %s %s %% at %s"
                .formatted(
                        about.path("policy").stringValue(),
                        object,
                        about.path("kind").stringValue(),
                        about.path("percent").intValue(),
                        about.path("at").stringValue());
    }
}
