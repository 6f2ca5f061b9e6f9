package io.masterdeal.contracts.event;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads the fields that every domain event has from its Avro record. */
final class DomainFields {
    private DomainFields() {}

    static boolean isBusinessField(String name) {
        return switch (name) {
            case "status", "links", "attributes", "retracts" -> false;
            default -> true;
        };
    }

    static @Nullable String text(GenericRecord data, String field) {
        Object value = data.get(field);
        return value == null ? null : value.toString();
    }

    static Collection<?> list(GenericRecord data, String field) {
        return data.get(field) instanceof Collection<?> values ? values : List.of();
    }

    @SuppressWarnings("unchecked") // The schema says so, and our readers give text as String.
    static Map<String, String> attributes(GenericRecord data) {
        return data.get("attributes") instanceof Map<?, ?> values ? (Map<String, String>) values : Map.of();
    }
}
