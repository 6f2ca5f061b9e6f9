package io.masterdeal.contracts.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as people and HTTP write it, to Avro records by schema and back.
 *
 * <p>Not Avro's own JSON encoding, which wraps each value of a union in its type. A nullable value is written plainly,
 * and a field that is null is left out; {@code timestamp-millis} is RFC 3339 text, {@code bytes} and {@code fixed} are
 * base64 (RFC 4648, section 4); every other logical type is written as the type beneath it. Text values of the records
 * are {@link String}. Stateless.
 */
public final class AvroJson {
    private AvroJson() {}

    /**
     * Reads a record.
     *
     * <p>A field that is missing, or is null where null is not allowed, has its default. Fields the schema does not know
     * are problems: data that nobody keeps would be lost silently.
     *
     * @param json a JSON object
     * @param schema of a record; of unions it may have those of null and one other type
     * @param pointer JSON pointer to {@code json}, the front of the pointers reported
     * @param problems takes everything found wrong
     * @return the record, where a field with a problem has its default or null; null if {@code json} is no object
     */
    public static @Nullable GenericRecord read(
            JsonNode json, Schema schema, String pointer, ProblemCollector problems) {
        return new JsonToAvro(problems).record(json, schema, pointer);
    }

    /**
     * Writes a record.
     *
     * @param avro any record whose unions are those of null and one other type
     * @return its JSON, without the fields that are null
     */
    public static ObjectNode write(GenericRecord avro) {
        return AvroToJson.record(avro);
    }

    /**
     * One value as canonical text: text as it is, times as RFC 3339 in UTC with milliseconds, numbers and booleans as in
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

    /** The other branch of a union with null; a schema that is no union is itself. */
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
        // By name: comparing with LogicalTypes.timestampMillis() would do the same at the cost of an object each.
        return schema.getType() == Schema.Type.LONG
                && schema.getLogicalType() != null
                && "timestamp-millis".equals(schema.getLogicalType().getName());
    }

    /** Names of the fields of a record, for messages. */
    static String names(Schema schema) {
        return String.join(
                ", ", schema.getFields().stream().map(Schema.Field::name).toList());
    }
}
