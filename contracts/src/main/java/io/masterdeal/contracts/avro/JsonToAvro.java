package io.masterdeal.contracts.avro;

import io.masterdeal.contracts.text.JsonPointers;
import io.masterdeal.contracts.text.Rfc3339;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Converts JSON to Avro values. Null means that the value has a problem, which has been reported. */
final class JsonToAvro {
    /** Copies text as String, where Avro would create its own mutable text. */
    private static final GenericData COPIES = new GenericData() {
        @Override
        public Object createString(Object value) {
            return value.toString();
        }
    };

    private final ProblemCollector problems;

    JsonToAvro(ProblemCollector problems) {
        this.problems = problems;
    }

    @Nullable
    GenericRecord record(JsonNode json, Schema schema, String pointer) {
        if (!json.isObject()) {
            problems.add(pointer, "must be an object, not " + kind(json));
            return null;
        }
        var out = new GenericData.Record(schema);
        int known = 0;
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = json.get(field.name());
            if (value != null) {
                known++;
            }
            out.put(field.pos(), field(value, field, pointer));
        }
        if (known < json.size()) {
            for (String name : json.propertyNames()) {
                if (schema.getField(name) == null) {
                    problems.add(JsonPointers.child(pointer, name), unknown(schema));
                }
            }
        }
        return out;
    }

    private static String unknown(Schema schema) {
        return schema.getField("attributes") != null
                ? "is not a field of " + schema.getFullName() + "; put free payload into attributes. Its fields: "
                        + AvroJson.names(schema)
                : "is not a field of " + schema.getFullName() + ". Its fields: " + AvroJson.names(schema);
    }

    private @Nullable Object field(@Nullable JsonNode json, Schema.Field field, String pointer) {
        if (json == null || json.isNull()) {
            if (field.hasDefaultValue()) {
                return defaultOf(field);
            }
            problems.add(JsonPointers.child(pointer, field.name()), "is required");
            return null;
        }
        Object value = value(json, AvroJson.notNull(field.schema()), JsonPointers.child(pointer, field.name()));
        return value == null && field.hasDefaultValue() ? defaultOf(field) : value;
    }

    private static @Nullable Object defaultOf(Schema.Field field) {
        Object value = field.defaultVal();
        if (value == JsonProperties.NULL_VALUE) {
            return null;
        }
        // A copy, because Avro shares one default instance between all records.
        if (value instanceof List<?> list && list.isEmpty()) {
            return new ArrayList<>();
        }
        if (value instanceof Map<?, ?> map && map.isEmpty() && field.schema().getType() == Schema.Type.MAP) {
            return new HashMap<>();
        }
        return COPIES.deepCopy(field.schema(), COPIES.getDefaultValue(field));
    }

    private @Nullable Object value(JsonNode json, Schema schema, String pointer) {
        return switch (schema.getType()) {
            case RECORD -> record(json, schema, pointer);
            case ARRAY -> array(json, schema, pointer);
            case MAP -> map(json, schema, pointer);
            case LONG -> AvroJson.isTimestampMillis(schema) ? time(json, pointer) : integer(json, pointer);
            case INT -> narrow(json, pointer);
            case FLOAT -> json.isNumber() ? (Object) json.floatValue() : wrong(json, pointer, "a number");
            case DOUBLE -> json.isNumber() ? (Object) json.doubleValue() : wrong(json, pointer, "a number");
            case BOOLEAN -> json.isBoolean() ? (Object) json.booleanValue() : wrong(json, pointer, "true or false");
            case STRING -> json.isString() ? json.stringValue() : wrong(json, pointer, "a string");
            case ENUM -> symbol(json, schema, pointer);
            case BYTES -> buffer(bytes(json, pointer));
            case FIXED -> fixed(json, schema, pointer);
            case NULL, UNION ->
                throw new IllegalArgumentException("of unions only those of null and one other type are read");
        };
    }

    private @Nullable Object array(JsonNode json, Schema schema, String pointer) {
        if (!json.isArray()) {
            return wrong(json, pointer, "an array");
        }
        var out = new ArrayList<@Nullable Object>(json.size());
        for (int i = 0; i < json.size(); i++) {
            Object value = item(json.get(i), schema.getElementType(), pointer + "/" + i);
            if (value != null || nullable(schema.getElementType())) {
                out.add(value);
            }
        }
        return out;
    }

    private @Nullable Object map(JsonNode json, Schema schema, String pointer) {
        if (!json.isObject()) {
            return wrong(json, pointer, "an object");
        }
        var out = new HashMap<String, @Nullable Object>();
        for (var entry : json.properties()) {
            Object value = item(entry.getValue(), schema.getValueType(), JsonPointers.child(pointer, entry.getKey()));
            if (value != null || nullable(schema.getValueType())) {
                out.put(entry.getKey(), value);
            }
        }
        return out;
    }

    private @Nullable Object item(JsonNode json, Schema schema, String pointer) {
        return json.isNull() && nullable(schema) ? null : value(json, AvroJson.notNull(schema), pointer);
    }

    private static boolean nullable(Schema schema) {
        return schema.getType() == Schema.Type.UNION;
    }

    private @Nullable Object time(JsonNode json, String pointer) {
        if (!json.isString()) {
            return wrong(json, pointer, "an RFC 3339 time in a string");
        }
        try {
            return Rfc3339.parse(json.stringValue()).toEpochMilli();
        } catch (IllegalArgumentException e) {
            problems.add(pointer, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Long integer(JsonNode json, String pointer) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        problems.add(pointer, "must be a whole number from -2^63 to 2^63-1, not " + kind(json));
        return null;
    }

    private @Nullable Integer narrow(JsonNode json, String pointer) {
        if (json.isIntegralNumber() && json.canConvertToInt()) {
            return json.intValue();
        }
        problems.add(pointer, "must be a whole number from -2^31 to 2^31-1, not " + kind(json));
        return null;
    }

    private @Nullable Object symbol(JsonNode json, Schema schema, String pointer) {
        if (json.isString() && schema.hasEnumSymbol(json.stringValue())) {
            return new GenericData.EnumSymbol(schema, json.stringValue());
        }
        return wrong(json, pointer, "one of " + String.join(", ", schema.getEnumSymbols()));
    }

    private byte @Nullable [] bytes(JsonNode json, String pointer) {
        if (json.isString()) {
            try {
                return Base64.getDecoder().decode(json.stringValue());
            } catch (IllegalArgumentException e) {
                problems.add(pointer, "must be base64 (RFC 4648): " + e.getMessage());
                return null;
            }
        }
        problems.add(pointer, "must be base64 in a string, not " + kind(json));
        return null;
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private @Nullable Object fixed(JsonNode json, Schema schema, String pointer) {
        byte[] bytes = bytes(json, pointer);
        if (bytes == null) {
            return null;
        }
        if (bytes.length != schema.getFixedSize()) {
            problems.add(pointer, "must be " + schema.getFixedSize() + " bytes, not " + bytes.length);
            return null;
        }
        return new GenericData.Fixed(schema, bytes);
    }

    private @Nullable Object wrong(JsonNode json, String pointer, String wanted) {
        problems.add(pointer, "must be " + wanted + ", not " + kind(json));
        return null;
    }

    private static String kind(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> json.isIntegralNumber() ? "a whole number" : "a number with a fraction";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "this";
        };
    }
}
