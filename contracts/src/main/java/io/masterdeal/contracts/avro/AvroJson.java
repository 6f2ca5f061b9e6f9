package io.masterdeal.contracts.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts plain JSON to Avro records of a schema, and back.
 *
 * <p>Not Avro's own JSON encoding, which wraps each value of a union in its type. A nullable value is written
 * without a wrapper, and a field that is null is left out; {@code timestamp-millis} is RFC 3339 text, {@code bytes} and {@code fixed} are
 * base64 (RFC 4648, section 4); every other logical type is written as its underlying type. Text values of the records
 * are {@link String}. Stateless.
 */
public final class AvroJson {
    private AvroJson() {}

    /**
     * Reads a record.
     *
     * <p>A field that is missing, or is null where null is not allowed, gets its default. Fields that the schema does not have
     * are problems, because their data would be lost silently.
     *
     * @param json a JSON object
     * @param schema of a record; its unions may only be of null and one other type
     * @param pointer JSON pointer to {@code json}, the prefix of all reported pointers
     * @param problems receives every problem found
     * @return the record; a field with a problem has its default or null; null if {@code json} is not an object
     */
    public static @Nullable GenericRecord read(
            JsonNode json, Schema schema, String pointer, ProblemCollector problems) {
        return new JsonToAvro(problems).record(json, schema, pointer);
    }

    /**
     * Writes a record.
     *
     * @param avro a record whose unions are only of null and one other type
     * @return its JSON, without the fields that are null
     */
    public static ObjectNode write(GenericRecord avro) {
        return AvroToJson.record(avro);
    }

    /**
     * Converts one value to canonical text: text unchanged, times as RFC 3339 in UTC with milliseconds, numbers and booleans as in
     * JSON, everything else as compact JSON.
     *
     * @param value a value of the schema, not null
     * @param schema its schema, nullable or not
     * @return its text
     */
    public static String text(Object value, Schema schema) {
        JsonNode json = AvroToJson.value(value, notNull(schema));
        return json.isString() ? json.stringValue() : json.toString();
    }

    /** The other branch of a union with null, or the schema itself if it is not a union. */
    static Schema notNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        for (Schema branch : schema.getTypes()) {
            if (branch.getType() != Schema.Type.NULL) {
                return branch;
            }
        }
        return schema;
    }

    static boolean isTimestampMillis(Schema schema) {
        // By name: comparing with LogicalTypes.timestampMillis() is equivalent, but creates an object for each call.
        return schema.getType() == Schema.Type.LONG
                && schema.getLogicalType() != null
                && "timestamp-millis".equals(schema.getLogicalType().getName());
    }

    /** The names of the fields of a record, for messages. */
    static String names(Schema schema) {
        return String.join(
                ", ", schema.getFields().stream().map(Schema.Field::name).toList());
    }
}
