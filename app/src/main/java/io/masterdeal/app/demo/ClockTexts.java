package io.masterdeal.app.demo;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Clocks as texts, so that those of an answer can be compared with those that follow from the facts. */
final class ClockTexts {

    private ClockTexts() {}

    /** The clocks of a report that have a cycle, sorted. */
    static List<String> of(SlaReport report) {
        return report.clocks().stream()
                .filter(clock -> !clock.cycles().isEmpty())
                .map(ClockTexts::text)
                .sorted()
                .toList();
    }

    /** The clocks in an answer, sorted; null if it says nothing of clocks. */
    static @Nullable List<String> of(JsonNode answer) {
        JsonNode clocks = answer.path("sla");
        return clocks.isArray()
                ? clocks.valueStream().map(ClockTexts::text).sorted().toList()
                : null;
    }

    private static String text(SlaReport.Clock clock) {
        ObjectKey object = clock.object();
        return text(
                clock.policy(),
                object == null ? null : object.value(),
                clock.state().name().toLowerCase(Locale.ROOT),
                clock.cycles().getLast().breachedAt());
    }

    private static String text(JsonNode clock) {
        String breachedAt = clock.path("breached_at").stringValue(null);
        return text(
                clock.path("policy").asString(""),
                clock.path("object").stringValue(null),
                clock.path("state").asString(""),
                breachedAt == null ? null : Instant.parse(breachedAt));
    }

    private static String text(String policy, @Nullable String object, String state, @Nullable Instant breachedAt) {
        return policy + (object == null ? "" : " of " + object) + " " + state
                + (breachedAt == null ? "" : ", breached at " + breachedAt);
    }
}
