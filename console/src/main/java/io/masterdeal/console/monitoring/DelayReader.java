package io.masterdeal.console.monitoring;

import io.masterdeal.console.monitoring.MonitoringFigures.DelayFigures;
import io.masterdeal.console.monitoring.MonitoringFigures.DelayWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code /delays} of all processes. Of a step that several measure, that of the one with the most events is shown. */
final class DelayReader {

    private DelayReader() {}

    static List<DelayFigures> read(Sample sample) {
        Map<String, DelayFigures> steps = new LinkedHashMap<>();
        for (String role : List.of(ProcessAddress.SERVICE, ProcessAddress.ROUTER)) {
            for (ProcessSample process : sample.of(role)) {
                for (JsonNode step : process.answer(ProcessProbe.DELAYS).path("steps")) {
                    DelayFigures read = step(step);
                    steps.merge(
                            read.from() + ">" + read.to(),
                            read,
                            (one, other) -> count(other) > count(one) ? other : one);
                }
            }
        }
        return new ArrayList<>(steps.values());
    }

    private static long count(DelayFigures step) {
        return step.hour() == null ? 0 : step.hour().count();
    }

    private static DelayFigures step(JsonNode step) {
        String from = step.path("from").asString("");
        return new DelayFigures(
                from,
                step.path("to").asString(""),
                !from.equals("occurred"),
                window(step.path("last_minute")),
                window(step.path("last_hour")));
    }

    private static @Nullable DelayWindow window(JsonNode window) {
        long count = window.path("count").asLong(0);
        return count == 0
                ? null
                : new DelayWindow(count, millis(window, "p50_ms"), millis(window, "p95_ms"), millis(window, "max_ms"));
    }

    private static Duration millis(JsonNode window, String field) {
        return Duration.ofMillis(window.path(field).asLong(0));
    }
}
