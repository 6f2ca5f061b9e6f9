package io.masterdeal.contracts.avro;

import io.masterdeal.contracts.text.Rfc3339;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Converts Avro values to JSON. */
final class AvroToJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroToJson() {}

    static ObjectNode record(GenericRecord avro) {
        ObjectNode out = JSON.objectNode();
        for (Schema.Field field : avro.getSchema().getFields()) {
            Object value = avro.get(field.pos());
            if (value != null) {
                out.set(field.name(), value(value, AvroJson.notNull(field.schema())));
            }
        }
        return out;
    }

    static JsonNode value(@Nullable Object value, Schema nullable) {
        if (value == null) {
            return JSON.nullNode();
        }
        Schema schema = AvroJson.notNull(nullable);
        return switch (schema.getType()) {
            case RECORD -> record((GenericRecord) value);
            case ARRAY -> array((Collection<?>) value, schema.getElementType());
            case MAP -> map((Map<?, ?>) value, schema.getValueType());
            case LONG ->
                AvroJson.isTimestampMillis(schema)
                        ? JSON.stringNode(Rfc3339.format(Instant.ofEpochMilli((Long) value)))
                        : JSON.numberNode((Long) value);
            case INT -> JSON.numberNode((Integer) value);
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case STRING, ENUM -> JSON.stringNode(value.toString());
            case BYTES -> base64((ByteBuffer) value);
            case FIXED -> base64(ByteBuffer.wrap(((GenericFixed) value).bytes()));
            case NULL, UNION ->
                throw new IllegalArgumentException("of unions only those of null and one other type are written");
        };
    }

    private static ArrayNode array(Collection<?> values, Schema elements) {
        ArrayNode out = JSON.arrayNode(values.size());
        for (Object value : values) {
            out.add(value(value, elements));
        }
        return out;
    }

    private static ObjectNode map(Map<?, ?> values, Schema schema) {
        var sorted = new TreeMap<String, Object>();
        values.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        ObjectNode out = JSON.objectNode();
        sorted.forEach((name, value) -> out.set(name, value(value, schema)));
        return out;
    }

    private static JsonNode base64(ByteBuffer bytes) {
        ByteBuffer encoded = Base64.getEncoder().encode(bytes.duplicate());
        return JSON.stringNode(
                new String(encoded.array(), encoded.arrayOffset(), encoded.remaining(), StandardCharsets.ISO_8859_1));
    }
}
