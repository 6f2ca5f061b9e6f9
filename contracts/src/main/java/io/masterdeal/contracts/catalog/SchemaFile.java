package io.masterdeal.contracts.catalog;

import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads one Avro schema file ({@code .avsc}). */
final class SchemaFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SchemaFile() {}

    /** The schema; null if it is invalid, then a problem has been added. */
    static @Nullable Schema parse(String file, String text, List<CatalogProblem> problems) {
        try {
            // Avro reports no line, so the JSON syntax is checked first.
            JSON.readTree(text);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            problems.add(new CatalogProblem(file, line, "is no JSON: " + e.getOriginalMessage()));
            return null;
        }
        try {
            Schema schema = SchemaParser.parseSingle(text);
            if (schema.getType() == Schema.Type.RECORD) {
                return schema;
            }
            problems.add(new CatalogProblem(file, 1, "must be the schema of a record, not of " + schema.getType()));
        } catch (AvroRuntimeException e) {
            problems.add(new CatalogProblem(file, 1, "is no Avro schema: " + e.getMessage()));
        }
        return null;
    }
}
