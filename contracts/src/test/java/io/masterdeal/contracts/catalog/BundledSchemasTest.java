package io.masterdeal.contracts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas as files: whole, documented, and able to read whatever any version before them wrote. */
class BundledSchemasTest {
    private static final Path MODULE = Path.of(System.getProperty("masterdeal.home", ".."), "contracts");
    private static final Path SCHEMAS = MODULE.resolve("src/main/resources/masterdeal/schemas");
    private static final Path HISTORY = MODULE.resolve("schema-history");
    private static final JsonMapper JSON = new JsonMapper();

    static List<String> types() {
        return EventCatalog.bundled().types().stream().map(EventType::name).toList();
    }

    @Test
    void there_is_exactly_one_file_per_type() throws IOException {
        try (var files = Files.list(SCHEMAS)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            types().stream().map(name -> name + ".avsc").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_record_and_every_field_is_documented(String name) {
        assertDocumented(type(name).schema(), name);
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_schema_of_a_domain_event_has_what_each_of_them_has(String name) {
        EventType type = type(name);

        if (type.ofDomain()) {
            assertThat(DomainSchema.check(type.schema())).isEmpty();
        } else {
            assertThat(type.schema().getField("retracts")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_schema_reads_the_data_of_every_earlier_version(String name) throws IOException {
        NavigableMap<Integer, Path> history = history(name);
        Path current = SCHEMAS.resolve(name + ".avsc");
        int next = history.isEmpty() ? 1 : history.lastKey() + 1;
        String howTo = """
                %s is not the newest version of its history. If you mean the change, add it as the next version:
                  cp %s %s
                and commit both. Versions that are there never change: somebody has written events with them.""".formatted(
                        name,
                        MODULE.relativize(current),
                        MODULE.relativize(HISTORY.resolve(name).resolve(next + ".avsc")));
        if (history.isEmpty() || !json(current).equals(json(history.lastEntry().getValue()))) {
            fail(howTo);
        }
        assertThat(history.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, history.size()).boxed().toList());
        for (Path version : history.values()) {
            validate(type(name).schema(), SchemaParser.parseSingle(version));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a field without a default | \"default\": {} | \"order\": \"ascending\" | \"attributes_2\"",
                "a field of another type | \"type\": [\"null\", \"string\"] | \"type\": [\"null\", \"int\"] | \"status\"",
            })
    void an_incompatible_change_is_detected(String what, String from, String to, String field) throws Exception {
        String text = Files.readString(SCHEMAS.resolve("crm.deal.created.avsc"));
        String renamed = field.equals("\"attributes_2\"") ? text.replace("\"attributes\"", field) : text;
        String mutant = renamed.replace(from, to);
        assertThat(mutant).as(what).isNotEqualTo(text);

        assertThatThrownBy(() -> validate(SchemaParser.parseSingle(mutant), SchemaParser.parseSingle(text)))
                .as(what)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_new_field_with_a_default_is_compatible() throws IOException {
        String text = Files.readString(SCHEMAS.resolve("crm.deal.created.avsc"));
        String wider = text.replaceFirst(
                "\"fields\": \\[",
                "\"fields\": [{\"name\":\"margin\",\"type\":[\"null\",\"string\"],\"default\":null},");

        validate(SchemaParser.parseSingle(wider), SchemaParser.parseSingle(text));
    }

    private static void validate(Schema reader, Schema writer) {
        try {
            new SchemaValidatorBuilder()
                    .canReadStrategy()
                    .validateAll()
                    .validate(reader, Collections.singleton(writer));
        } catch (SchemaValidationException e) {
            throw new AssertionError(
                    reader.getFullName() + " can no longer read what an earlier version wrote (BACKWARD_TRANSITIVE):"
                            + " a new field needs a default, and a type must not change. " + e.getMessage(),
                    e);
        }
    }

    private static NavigableMap<Integer, Path> history(String name) throws IOException {
        var versions = new TreeMap<Integer, Path>();
        Path directory = HISTORY.resolve(name);
        if (Files.isDirectory(directory)) {
            try (var files = Files.list(directory)) {
                files.forEach(file -> versions.put(
                        Integer.valueOf(String.valueOf(file.getFileName()).replace(".avsc", "")), file));
            }
        }
        return versions;
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    private static void assertDocumented(Schema schema, String where) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(where).isNotBlank();
                schema.getFields().forEach(field -> {
                    assertThat(field.doc()).as(where + "." + field.name()).isNotBlank();
                    assertDocumented(field.schema(), where + "." + field.name());
                });
            }
            case ARRAY -> assertDocumented(schema.getElementType(), where);
            case MAP -> assertDocumented(schema.getValueType(), where);
            case UNION -> schema.getTypes().forEach(branch -> assertDocumented(branch, where));
            default -> assertThat(schema.getType()).isNotNull();
        }
    }

    private static EventType type(String name) {
        return Objects.requireNonNull(EventCatalog.bundled().type(name), name);
    }
}
