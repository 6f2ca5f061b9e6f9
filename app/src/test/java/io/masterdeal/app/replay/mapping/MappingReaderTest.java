package io.masterdeal.app.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingReaderTest {

    private static final String WHOLE = """
            {
              "format": 1,
              "description": "advertising deals",
              "namespace": "11111111-2222-4333-8444-555555555555",
              "types": {"crm.deal.created": {"object": "crm:deal", "status": "Deal Created"}},
              "sources": [{
                "log": "ads", "file": "ads.csv", "format": "csv", "case": "deal",
                "timestamp": "at", "activity": "what", "lifecycle": "phase", "zone": "+03:00",
                "case_pattern": {"regex": "(\\\\w+)-(\\\\d+)", "names": ["team", "number"]},
                "rules": [{"activity": ["Created", "New*"], "lifecycle": "done", "emit": [{
                  "type": "crm.deal.created", "id": "{case}", "links": ["crm:deal:{team}"],
                  "sequence": "{index}", "attributes": {"budget": "{event.budget}"}}]}]
              }]
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void a_whole_mapping_is_read() throws IOException {
        Mapping mapping = read(WHOLE);

        Source source = mapping.sources().getFirst();
        assertThat(mapping.namespace()).hasToString("11111111-2222-4333-8444-555555555555");
        assertThat(source.log()).isEqualTo("ads");
        assertThat(source.file()).isEqualTo(folder.resolve("ads.csv"));
        assertThat(source.format()).isEqualTo(Source.Format.CSV);
        assertThat(source.requiredColumns()).containsExactly("deal", "at", "what", "phase");
        assertThat(source.zone()).hasToString("+03:00");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "format": 1,                     | "format": 2,                       | /format                                      | Write "format": 1.
            "format": 1,                     | "format": 1.0,                     | /format                                      | knows format 1 only, not 1.0
            "format": 1,                     | "format": "1",                     | /format                                      | Write "format": 1.
            "format": 1,                     | ``                                 | the whole file                               | "format" is missing
            "description": "advertising deals" | "remark": "advertising deals"    | /remark                                      | there is no such field
            11111111-2222                    | 1-2222                             | /namespace                                   | is not a UUID
            "object": "crm:deal"             | "object": "crmdeal"                | /types/crm.deal.created/object               | Write "domain:kind"
            "object": "crm:deal"             | "kind": "crm:deal"                 | /types/crm.deal.created/kind                 | Fields here are object, status
            "status": "Deal Created"         | "status": 3                        | /types/crm.deal.created/status               | expected a text, this is a number
            "format": "csv"                  | "format": "xlsx"                   | /sources/0/format                            | Formats are "xes" and "csv"
            "file": "ads.csv"                | "file": ""                         | /sources/0/file                              | not the name of a file
            "zone": "+03:00"                 | "zone": "Europe/Moscow"            | /sources/0/zone                              | Write "UTC" or an offset such as "+03:00"
            "zone": "+03:00"                 | "zone": "+19:00"                   | /sources/0/zone                              | is not an offset
            "timestamp": "at"                | "timestamp": {"constant": "x"}     | /sources/0/timestamp/constant                | Fields here are const
            "timestamp": "at"                | "timestamp": 7                     | /sources/0/timestamp                         | Name an attribute
            "activity": ["Created", "New*"]  | "activity": []                     | /sources/0/rules/0/activity                  | nothing can match
            "activity": ["Created", "New*"]  | "activity": ["Created", 4]         | /sources/0/rules/0/activity/1                | expected a text
            "lifecycle": "done"              | "lifecycle": {}                    | /sources/0/rules/0/lifecycle                 | this is an object
            "type": "crm.deal.created"       | "type": "crm.deal.creatd"          | /sources/0/rules/0/emit/0/type               | of crm.* there are crm.deal.created
            "id": "{case}"                   | "id": "{cas}"                      | /sources/0/rules/0/emit/0/id                 | {cas} is not known
            "id": "{case}"                   | "ident": "{case}"                  | /sources/0/rules/0/emit/0/ident              | there is no such field
            crm:deal:{team}                  | crm:deal:{squad}                   | /sources/0/rules/0/emit/0/links/0            | the groups of case_pattern: team, number
            "links": ["crm:deal:{team}"]     | "links": "crm:deal:{team}"         | /sources/0/rules/0/emit/0/links              | expected a list
            "sequence": "{index}"            | "sequence": "v{index}"             | /sources/0/rules/0/emit/0/sequence           | cannot give a whole number
            "sequence": "{index}"            | "sequence": "-{index}"             | /sources/0/rules/0/emit/0/sequence           | cannot give a whole number
            "sequence": "{index}"            | "sequence": ""                     | /sources/0/rules/0/emit/0/sequence           | cannot give a whole number
            {event.budget}                   | {budget}                           | /sources/0/rules/0/emit/0/attributes/budget  | {budget} is not known
            ["team", "number"]               | ["team"]                           | /sources/0/case_pattern/names                | 1 names for 2 groups
            ["team", "number"]               | ["team", "team"]                   | /sources/0/case_pattern/names/1              | a second group "team"
            ["team", "number"]               | ["team", "case.n"]                 | /sources/0/case_pattern/names/1              | cannot be used in a template
            (\\\\\\\\w+)-                     | (\\\\\\\\w+-                       | /sources/0/case_pattern/regex                | not a regular expression
            """)
    void a_mistake_is_told_with_its_place_and_what_to_do(String right, String wrong, String place, String message)
            throws IOException {
        String before = right.replace("\\\\\\\\", "\\\\");
        assertThat(WHOLE).contains(before);
        Path file = write(WHOLE.replace(before, wrong.replace("\\\\\\\\", "\\\\")));

        assertThatThrownBy(() -> MappingReader.read(file))
                .isInstanceOf(MappingException.class)
                .hasMessageStartingWith(file + ": " + place + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void what_is_not_json_is_told_with_line_and_column() {
        assertThatThrownBy(() -> read("{\n  \"format\": 1,\n  format: 1}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("line 3, column ")
                .hasMessageContaining("not JSON");
    }

    @Test
    void a_field_given_twice_is_refused() {
        assertThatThrownBy(() -> read("{\"format\": 1, \"format\": 1}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("not JSON: Duplicate");
    }

    @Test
    void a_mapping_that_is_not_there_is_told() {
        assertThatThrownBy(() -> MappingReader.read(folder.resolve("none.json")))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void slashes_and_tildes_in_names_are_escaped_in_the_pointer() {
        assertThatThrownBy(() -> read(
                        WHOLE.replace("\"crm.deal.created\": {\"object\": \"crm:deal\"", "\"a/b~c\": {\"object\": 1")))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("/types/a~1b~0c/object: ");
    }

    private Mapping read(String text) throws IOException {
        return MappingReader.read(write(text));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("ads.mapping.json"), text);
    }
}
