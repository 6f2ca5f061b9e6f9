package io.masterdeal.contracts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventCatalogTest {
    private static final Path MAPPING =
            Path.of(System.getProperty("masterdeal.home", "."), "..", "shared", "data", "bpic2012.mapping.json");

    private final EventCatalog bundled = EventCatalog.bundled();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crm.deal.created",
                "crm.deal.updated",
                "crm.brief.submitted",
                "media.mediaplan.ready",
                "docflow.contract.signed",
                "legal.approved",
                "dcm.invoice.issued",
                "dcm.closeout.completed",
                "masterdeal.created",
                "masterdeal.stage.changed",
                "masterdeal.updated",
                "masterdeal.closed",
                "masterdeal.sla.breached",
                "error.event"
            })
    void every_event_the_specification_names_has_a_type(String name) {
        assertThat(bundled.type(name)).isNotNull();
    }

    @Test
    void every_type_of_the_acceptance_mapping_has_its_object_and_status_here() throws IOException {
        assumeTrue(Files.exists(MAPPING), "the acceptance data are not here: " + MAPPING);
        JsonNode types = new JsonMapper().readTree(Files.readString(MAPPING)).get("types");

        assertThat(types.size()).isEqualTo(23);
        types.properties().forEach(given -> {
            EventType type = type(bundled, given.getKey());
            assertThat(type.objectKind())
                    .as(given.getKey())
                    .isEqualTo(given.getValue().get("object").stringValue());
            assertThat(type.status())
                    .as(given.getKey())
                    .isEqualTo(given.getValue().get("status").stringValue());
        });
    }

    @Test
    void every_domain_can_update_any_object_and_retract_events() {
        assertThat(bundled.domains()).containsExactly("crm", "media", "task", "docflow", "legal", "dcm");
        for (String domain : bundled.domains()) {
            EventType updated = type(bundled, domain + ".object.updated");
            EventType retracted = type(bundled, domain + ".event.retracted");
            assertThat(updated)
                    .returns(null, EventType::objectKind)
                    .returns(null, EventType::status)
                    .returns(false, EventType::retraction)
                    .returns(domain + ".events", EventType::topic);
            assertThat(retracted).returns(true, EventType::retraction).returns(null, EventType::objectKind);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "crm.deal.created, crm.events, true",
        "legal.approved, legal.events, true",
        "masterdeal.stage.changed, masterdeal.events, false",
        "error.event, error.events, false"
    })
    void a_type_has_the_topic_of_its_domain(String name, String topic, boolean ofDomain) {
        assertThat(type(bundled, name)).returns(topic, EventType::topic).returns(ofDomain, EventType::ofDomain);
    }

    @Test
    void a_company_adds_types_of_its_own_without_code() throws IOException {
        write("own.yaml", """
                format: 1
                types:
                  crm.opportunity.scored:
                    object: crm:opportunity
                    status: Opportunity Scored
                    doc: A model scored an opportunity.
                  media.creative.approved:
                    object: media:creative
                    doc: A creative was approved.
                """);
        write("crm.opportunity.scored.avsc", schema("crm.opportunity", "scored", """
                , {"name":"score","type":["null","double"],"default":null}"""));

        EventCatalog catalog = EventCatalog.load(directory);

        assertThat(catalog.types()).hasSize(bundled.types().size() + 2);
        EventType scored = type(catalog, "crm.opportunity.scored");
        assertThat(scored)
                .returns("crm:opportunity", EventType::objectKind)
                .returns("Opportunity Scored", EventType::status)
                .returns("crm.events", EventType::topic);
        assertThat(scored.schema().getField("score")).isNotNull();
        assertThat(type(catalog, "media.creative.approved").schema().getFullName())
                .as("without a schema file it has the fields every domain event has")
                .isEqualTo("media.creative.approved");
        assertThat(DomainSchema.check(type(catalog, "media.creative.approved").schema()))
                .isEmpty();
    }

    @Test
    void every_error_of_a_catalog_is_reported_with_file_and_line() throws IOException {
        write("a.yaml", """
                format: 1
                types:
                  crm.deal.created:
                    object: crm:deal
                    doc: Redefined.
                  shop.order.created:
                    object: shop:order
                    doc: Of no domain of ours.
                  crm.x.happened:
                    object: dcm:invoice
                    doc: About an object of another domain.
                  crm.y.happened:
                    colour: red
                    doc: With a field nobody knows.
                  crm.z.happened:
                    status: Lonely
                    doc: A status without an object.
                  Bad-Name:
                    doc: No name.
                  crm.w.happened:
                    object: crm:w
                  crm.ok.happened:
                    object: crm:ok
                    doc: Fine.
                  crm.ok.happened:
                    doc: Twice.
                """);
        write("b.yaml", "format: 1\ntypes:\n  crm.ok.happened:\n    doc: Again.\n");
        write("c.yaml", "format: 2\ntypes: {}\n");
        write("d.yaml", "format: [1\n");
        write("e.yaml", "");
        write("f.yml", "format: 1\ntypes: []\n");
        write("crm.lonely.happened.avsc", schema("crm.lonely", "happened", ""));

        assertProblemsBegin(
                "a.yaml:3: crm.deal.created is a bundled type",
                "a.yaml:6: shop.order.created must begin with",
                "a.yaml:9: crm.x.happened: object",
                "a.yaml:13: \"colour\" is unknown",
                "a.yaml:15: crm.z.happened has a status",
                "a.yaml:18: \"Bad-Name\" is no",
                "a.yaml:20: crm.w.happened needs a",
                "a.yaml:25: \"crm.ok.happened\" is given",
                "b.yaml:3: crm.ok.happened is declared twice",
                "c.yaml:1: needs \"format: 1\":",
                "d.yaml:2: is no YAML:",
                "e.yaml:1: must be a",
                "f.yml:2: must be a",
                "crm.lonely.happened.avsc:1: no catalog file");
    }

    @Test
    void every_error_of_a_schema_is_reported() throws IOException {
        write("own.yaml", """
                format: 1
                types:
                  crm.a.happened: {object: "crm:a", doc: x}
                  crm.b.happened: {object: "crm:b", doc: x}
                  crm.c.happened: {object: "crm:c", doc: x}
                  crm.d.happened: {object: "crm:d", doc: x}
                  crm.e.happened: {object: "crm:e", doc: x}
                """);
        write("crm.a.happened.avsc", "{\n\"type\":\"record\",\n oops }");
        write("crm.b.happened.avsc", "{\"type\":\"record\",\"name\":\"b\"}");
        write("crm.c.happened.avsc", schema("crm.another", "happened", ""));
        write("crm.d.happened.avsc", """
                {"type":"record","name":"happened","namespace":"crm.d","fields":[
                 {"name":"links","type":{"type":"array","items":"int"},"default":[]},
                 {"name":"must","type":"string"},
                 {"name":"either","type":["null","string","int"],"default":null}]}""");
        write("crm.e.happened.avsc", "\"string\"");

        assertProblemsBegin(
                "crm.a.happened.avsc:3: is no JSON:",
                "crm.b.happened.avsc:1: is no Avro",
                "own.yaml:5: crm.c.happened: its schema",
                "crm.d.happened.avsc:1: lacks the field \"status\"",
                "crm.d.happened.avsc:1: lacks the field \"attributes\"",
                "crm.d.happened.avsc:1: lacks the field \"retracts\"",
                "crm.d.happened.avsc:1: field \"links\" must",
                "crm.d.happened.avsc:1: field \"must\" needs",
                "crm.d.happened.avsc:1: field \"either\": of",
                "crm.e.happened.avsc:1: must be the");
    }

    /** The problems of the directory are these, each given by its place and the first words of its reason. */
    private void assertProblemsBegin(String... beginnings) {
        assertThat(problems())
                .usingElementComparator((found, wanted) -> found.startsWith(wanted) ? 0 : 1)
                .containsExactlyInAnyOrder(beginnings);
    }

    private List<String> problems() {
        InvalidCatalogException invalid =
                catchThrowableOfType(InvalidCatalogException.class, () -> EventCatalog.load(directory));
        return invalid.problems().stream()
                .map(problem -> Path.of(problem.file()).getFileName() + ":" + problem.line() + ": " + problem.reason())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static EventType type(EventCatalog catalog, String name) {
        return Objects.requireNonNull(catalog.type(name), name);
    }

    private static String schema(String namespace, String name, String more) {
        return """
                {"type":"record","namespace":"%s","name":"%s","doc":"x","fields":[
                 {"name":"status","type":["null","string"],"default":null},
                 {"name":"links","type":{"type":"array","items":"string"},"default":[]},
                 {"name":"attributes","type":{"type":"map","values":"string"},"default":{}},
                 {"name":"retracts","type":{"type":"array","items":"string"},"default":[]}%s]}""".formatted(namespace, name, more);
    }
}
