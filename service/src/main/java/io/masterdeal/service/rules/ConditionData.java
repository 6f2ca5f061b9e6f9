package io.masterdeal.service.rules;

import io.masterdeal.model.rules.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A condition as data, in the words of a rule set file. */
final class ConditionData {

    private static final String REACHED = "reached";

    private static final String KIND = "kind";

    private ConditionData() {}

    static Map<String, Object> of(Condition condition) {
        return switch (condition) {
            case Condition.All all -> Map.of("all", parts(all.of()));
            case Condition.Any any -> Map.of("any", parts(any.of()));
            case Condition.Ever ever -> Map.of("ever", Map.of(ever.orLater() ? REACHED : "is", ever.status()));
            case Condition.Some some -> Map.of("some", fields(KIND, some.kind().value(), REACHED, some.reached()));
            case Condition.Every every ->
                Map.of("every", fields(KIND, every.kind().value(), "among", every.among(), REACHED, every.reached()));
            case Condition.For pair ->
                Map.of(
                        "for",
                        fields(
                                KIND,
                                pair.kind().value(),
                                REACHED,
                                pair.reached(),
                                "bearing",
                                pair.bearing().value(),
                                "every",
                                pair.every()));
        };
    }

    private static List<Map<String, Object>> parts(List<Condition> parts) {
        return parts.stream().map(ConditionData::of).toList();
    }

    /** In this order, so that people find them as in a file. */
    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
