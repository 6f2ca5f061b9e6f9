package io.masterdeal.contracts.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AvroJsonTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Schema SCHEMA = SchemaParser.parseSingle("""
            {"type":"record","name":"r","fields":[
              {"name":"text","type":"string","default":"x"},
              {"name":"need","type":"int"},
              {"name":"maybe","type":["null","long"],"default":null},
              {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null},
              {"name":"ratio","type":["null","double"],"default":null},
              {"name":"part","type":["null","float"],"default":null},
              {"name":"yes","type":"boolean","default":false},
              {"name":"raw","type":["null","bytes"],"default":null},
              {"name":"hash","type":["null",{"type":"fixed","name":"two","size":2}],"default":null},
              {"name":"suit","type":["null",{"type":"enum","name":"suit","symbols":["A","B"]}],"default":null},
              {"name":"list","type":{"type":"array","items":["null","string"]},"default":[]},
              {"name":"map","type":{"type":"map","values":"int"},"default":{}},
              {"name":"inner","type":["null",{"type":"record","name":"i","fields":[{"name":"a","type":"string"}]}],
               "default":null}]}""");

    private final List<String> problems = new ArrayList<>();

    @Test
    void every_type_is_unchanged_by_a_round_trip() {
        String text = """
                {"text":"t","need":-7,"maybe":9223372036854775807,"at":"2026-01-01T00:00:00.001Z","ratio":0.1,"part":0.5,\
                "yes":true,"raw":"AAEC/w==","hash":"AAE=","suit":"B","list":["a",null,"b"],"map":{"a":1,"b":2},\
                "inner":{"a":"x"}}""";

        GenericRecord avro = read(text);

        assertThat(problems).isEmpty();
        assertThat(avro.get("at")).isEqualTo(1_767_225_600_001L);
        assertThat(AvroJson.write(avro)).hasToString(text);
    }

    @Test
    void fields_that_are_missing_or_null_have_their_default() {
        GenericRecord avro = read("{\"need\":1,\"text\":null,\"list\":null}");

        assertThat(problems).isEmpty();
        assertThat(AvroJson.write(avro))
                .hasToString("{\"text\":\"x\",\"need\":1,\"yes\":false,\"list\":[],\"map\":{}}");
        assertThat(avro.get("text")).isInstanceOf(String.class);
    }

    @Test
    void defaults_are_not_shared_between_records() {
        GenericRecord one = read("{\"need\":1}");
        GenericRecord other = read("{\"need\":1}");

        ((List<?>) one.get("list")).clear();
        assertThat(one.get("list")).isNotSameAs(other.get("list"));
        assertThat(one.get("map")).isNotSameAs(other.get("map"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /r/need is required",
                "{\"need\":1.0} | /r/need must be a whole number",
                "{\"need\":2147483648} | /r/need must be a whole number from -2^31",
                "{\"need\":1,\"maybe\":1e400} | /r/maybe must be a whole number",
                "{\"need\":1,\"at\":5} | /r/at must be an RFC 3339 time",
                "{\"need\":1,\"ratio\":\"1\"} | /r/ratio must be a number",
                "{\"need\":1,\"yes\":\"true\"} | /r/yes must be true or false",
                "{\"need\":1,\"raw\":\"*\"} | /r/raw must be base64",
                "{\"need\":1,\"hash\":\"AA==\"} | /r/hash must be 2 bytes",
                "{\"need\":1,\"suit\":\"C\"} | /r/suit must be one of A, B",
                "{\"need\":1,\"list\":[\"a\",1]} | /r/list/1 must be a string",
                "{\"need\":1,\"map\":{\"a/b\":\"x\"}} | /r/map/a~1b must be a whole number",
                "{\"need\":1,\"inner\":{}} | /r/inner/a is required",
                "{\"need\":1,\"inner\":{\"a\":\"x\",\"b\":1}} | /r/inner/b is not a field of i",
                "[1] | /r must be an object",
            })
    void a_problem_is_reported_with_a_pointer(String json, String problem) {
        AvroJson.read(tree(json), SCHEMA, "/r", (pointer, message) -> problems.add(pointer + " " + message));

        assertThat(problems).singleElement().asString().startsWith(problem);
    }

    @Test
    void a_value_has_one_canonical_text() {
        GenericRecord avro =
                read("{\"need\":1,\"at\":\"2026-01-01T03:00:00+03:00\",\"map\":{\"b\":2,\"a\":1},\"yes\":true}");

        assertThat(text(avro, "at")).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(text(avro, "need")).isEqualTo("1");
        assertThat(text(avro, "yes")).isEqualTo("true");
        assertThat(text(avro, "text")).isEqualTo("x");
        assertThat(text(avro, "map")).isEqualTo("{\"a\":1,\"b\":2}");
    }

    private static String text(GenericRecord avro, String field) {
        return AvroJson.text(avro.get(field), SCHEMA.getField(field).schema());
    }

    private GenericRecord read(String json) {
        return Objects.requireNonNull(
                AvroJson.read(tree(json), SCHEMA, "/r", (pointer, message) -> problems.add(pointer + " " + message)));
    }

    private static JsonNode tree(String json) {
        return JSON.readTree(json);
    }
}
