package io.masterdeal.contracts.event;

import io.masterdeal.contracts.text.JsonPointers;
import io.masterdeal.contracts.text.Utf8;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Searches data for text that cannot be stored and times that cannot be written. */
final class DataText {
    static final String FORBIDDEN = "has U+0000 or half a surrogate pair, which cannot be kept";

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private DataText() {}

    static void check(GenericRecord data, String pointer, Consumer<Violation> found) {
        for (Schema.Field field : data.getSchema().getFields()) {
            Object value = data.get(field.pos());
            if (value == null) {
                continue;
            }
            if (value instanceof Long millis) {
                checkTime(millis, field.schema(), pointer, field.name(), found);
            } else {
                check(value, pointer, field.name(), found);
            }
        }
    }

    private static void checkTime(long millis, Schema schema, String pointer, String name, Consumer<Violation> found) {
        if ((millis < FIRST || millis > LAST) && isTime(schema)) {
            found.accept(new Violation(JsonPointers.child(pointer, name), "is a time outside the years 0000 to 9999"));
        }
    }

    private static boolean isTime(Schema schema) {
        return schema.getType() == Schema.Type.UNION
                ? schema.getTypes().stream().anyMatch(DataText::isTime)
                : schema.getLogicalType() != null;
    }

    private static void check(@Nullable Object value, String pointer, String name, Consumer<Violation> found) {
        if (value instanceof String text) {
            if (Utf8.hasForbidden(text)) {
                found.accept(new Violation(JsonPointers.child(pointer, name), FORBIDDEN));
            }
        } else if (value instanceof GenericRecord inner) {
            check(inner, JsonPointers.child(pointer, name), found);
        } else if (value instanceof Collection<?> values && !values.isEmpty()) {
            String here = JsonPointers.child(pointer, name);
            int i = 0;
            for (Object item : values) {
                check(item, here, Integer.toString(i++), found);
            }
        } else if (value instanceof Map<?, ?> values && !values.isEmpty()) {
            String here = JsonPointers.child(pointer, name);
            values.forEach((key, item) -> {
                check(key, here, String.valueOf(key), found);
                check(item, here, String.valueOf(key), found);
            });
        }
    }
}
