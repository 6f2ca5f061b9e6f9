package io.masterdeal.app.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceMapperTest {

    private static final String HEAD = """
            {"format": 1, "namespace": "f8c64fe0-8600-50bd-8e1a-01592956c405",
             "types": {"crm.deal.created": {"object": "crm:deal", "status": "Deal Created"},
                       "crm.deal.updated": {"object": "crm:deal"},
                       "media.mediaplan.ready": {"object": "media:mediaplan", "status": "Plan Ready"}},
             "sources": [{"log": "bpic2012", "file": "x.xes", "format": "xes", "case": "id",
              "timestamp": "at", "activity": "what", "lifecycle": "phase",
            """;

    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();
    private final List<MappedEvent> events = new ArrayList<>();

    @Test
    void an_event_has_the_form_and_the_ids_of_the_format() throws IOException {
        SourceMapper mapper =
                mapper("{'activity': '*', 'emit': [{'type': 'crm.deal.created', 'id': '{case}', 'sequence':"
                        + " '{index}', 'attributes': {'amount': '{case.AMOUNT_REQ}'}}]}");

        CaseProgress deal = mapper.begin("173688", Map.of("AMOUNT_REQ", "20000")::get, problems::add);
        map(mapper, deal, Map.of("at", "2011-10-01T00:38:44.546+02:00", "what", "A_SUBMITTED"));

        assertThat(events.getFirst().domain()).isEqualTo("crm");
        assertThat(events.getFirst().cloudEvent()).hasToString("""
                        {"specversion":"1.0","id":"565d1252-04cc-5722-8ca7-9a5ea9dfb9ab","source":"/crm",\
                        "type":"crm.deal.created","subject":"crm:deal:173688","time":"2011-09-30T22:38:44.546Z",\
                        "datacontenttype":"application/json","correlationid":"82e8f5d8-d337-5693-aff9-51406c4ed467",\
                        "data":{"status":"Deal Created","links":[],"attributes":{"amount":"20000"}},"sequence":"0"}""");
    }

    @Test
    void every_rule_that_fits_applies_and_each_further_event_has_an_id_of_its_own() throws IOException {
        SourceMapper mapper = mapper("{'activity': 'Sign*', 'emit': [{'type': 'crm.deal.created', 'id': 'a'}, {'type':"
                + " 'crm.deal.updated', 'id': 'b'}]}, {'activity': ['No', 'Signed'], 'lifecycle': 'done', 'emit': [{'type':"
                + " 'media.mediaplan.ready', 'id': 'c'}]}, {'activity': 'Signed', 'lifecycle': 'begun', 'emit': [{'type':"
                + " 'media.mediaplan.ready', 'id': 'd'}]}");

        CaseProgress deal = mapper.begin("7", name -> null, problems::add);
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "Signed", "phase", "done"));

        assertThat(events)
                .extracting(e -> e.cloudEvent().get("subject").stringValue())
                .containsExactly("crm:deal:a", "crm:deal:b", "media:mediaplan:c");
        assertThat(events)
                .extracting(e -> e.cloudEvent().get("id").stringValue())
                .containsExactly(id("bpic2012/7/0"), id("bpic2012/7/0/1"), id("bpic2012/7/0/2"));
        assertThat(events.get(1).cloudEvent().get("data").has("status")).isFalse();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            {case},              ads-17
            {index},             2
            {activity},          Sent
            {case.client},       Acme
            {case.none},         ''
            {event.offer},       O-9
            {event.none},        ''
            {count.Sent},        2
            {count.Asked},       1
            {count.Never},       0
            {team}/{number},     ads/17
            {},                  {}
            {{case}},            {ads-17}
            x{case}-{index}y,    xads-17-2y
            '',                  ''
            """)
    void a_template_is_filled(String template, String text) throws IOException {
        SourceMapper mapper = mapper(
                "'case_pattern': {'regex': '(\\\\w+)-(\\\\d+)', 'names': ['team', 'number']}",
                "{'activity': 'Sent', 'emit': [{'type': 'crm.deal.updated', 'id': '=" + template + "'}]}");

        CaseProgress deal = mapper.begin("ads-17", Map.of("client", "Acme")::get, problems::add);
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "Sent"));
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "Asked"));
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "Sent", "offer", "O-9"));

        assertThat(events.getLast().cloudEvent().get("subject").stringValue()).isEqualTo("crm:deal:=" + text);
    }

    @Test
    void links_are_sorted_by_their_bytes_and_without_repeats() throws IOException {
        SourceMapper mapper = mapper("{'activity': '*', 'emit': [{'type': 'crm.deal.updated', 'id': 'x', 'links':"
                + " ['a:b:\\ud83d\\ude00', 'a:b:\\uff5e', 'a:b:2', 'a:b:10', 'a:b:2']}]}");

        map(mapper, mapper.begin("1", name -> null, problems::add), Map.of("at", "2026-01-01", "what", "x"));

        assertThat(events.getFirst().cloudEvent().get("data").get("links"))
                .extracting(link -> link.stringValue())
                .containsExactly("a:b:10", "a:b:2", "a:b:\uff5e", "a:b:\ud83d\ude00");
    }

    @Test
    void a_sequence_that_is_no_number_is_a_problem_of_that_event_alone() throws IOException {
        SourceMapper mapper = mapper("{'activity': '*', 'emit': [{'type': 'crm.deal.created', 'id': 'x', 'sequence':"
                + " '{event.n}'}, {'type': 'crm.deal.updated', 'id': 'x'}]}");
        CaseProgress deal = mapper.begin("1", name -> null, problems::add);

        for (String n : List.of("", "-1", "1.5", " 1", "9223372036854775808")) {
            map(mapper, deal, Map.of("at", "2026-01-01", "what", "x", "n", n));
        }
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "x", "n", "9223372036854775807"));
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "x", "n", "007"));

        assertThat(problems).hasSize(5).allMatch(p -> p.contains("no whole number from 0 to 9223372036854775807"));
        assertThat(events).hasSize(9);
        assertThat(events)
                .extracting(e -> e.cloudEvent().path("sequence").asString(""))
                .containsExactly("", "", "", "", "", "9223372036854775807", "", "7", "");
        assertThat(events.getFirst().cloudEvent().get("id").stringValue()).isEqualTo(id("bpic2012/1/0/1"));
    }

    @Test
    void a_time_is_asked_for_only_where_an_event_comes_of_it() throws IOException {
        SourceMapper mapper = mapper("{'activity': 'Sent', 'emit': [{'type': 'crm.deal.updated', 'id': 'x'}]}");
        CaseProgress deal = mapper.begin("1", name -> null, problems::add);

        map(mapper, deal, Map.of("what", "Filed"));
        map(mapper, deal, Map.of("what", "Sent"));
        map(mapper, deal, Map.of("what", "Sent", "at", "soon"));

        assertThat(problems)
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("no time in \"at\""),
                        p -> assertThat(p).startsWith("\"soon\" in \"at\" is not a time in ISO 8601"));
        assertThat(events).isEmpty();
        assertThat(deal.events()).isEqualTo(3);
    }

    @Test
    void a_case_whose_id_does_not_match_is_told_of_once_and_gives_nothing() throws IOException {
        SourceMapper mapper = mapper(
                "'case_pattern': {'regex': 'D-(\\\\d+)', 'names': ['n']}",
                "{'activity': '*', 'emit': [{'type': 'crm.deal.updated', 'id': '{n}'}]}");

        CaseProgress deal = mapper.begin("xD-1", name -> null, problems::add);
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "x"));
        map(mapper, deal, Map.of("at", "2026-01-01", "what", "x"));

        assertThat(problems).singleElement().asString().contains("does not match the mapping's case_pattern D-(\\d+)");
        assertThat(events).isEmpty();
    }

    private void map(SourceMapper mapper, CaseProgress deal, Map<String, String> event) {
        mapper.map(deal, event::get, events::add, problems::add);
    }

    private static String id(String name) {
        return io.masterdeal.model.NameUuid.of(java.util.UUID.fromString("f8c64fe0-8600-50bd-8e1a-01592956c405"), name)
                .toString();
    }

    private SourceMapper mapper(String rules) throws IOException {
        return mapper("'zone': 'UTC'", rules);
    }

    private SourceMapper mapper(String field, String rules) throws IOException {
        String text = HEAD + (field + ", 'rules': [" + rules + "]}]}").replace('\'', '"');
        Mapping mapping = MappingReader.read(Files.writeString(folder.resolve("m.json"), text));
        return new SourceMapper(mapping, mapping.sources().getFirst());
    }
}
