package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.servers.Endpoint;
import io.masterdeal.routes.servers.RouteFolderOf;
import io.masterdeal.routes.trial.Trial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The value of a parameter arrives unchanged, character by character, at every component. */
class LiteralParameterTest {

    private static final String ASCII =
            IntStream.rangeClosed('!', '~').mapToObj(Character::toString).collect(Collectors.joining());

    private static final String AWKWARD = "+7 900 000-00-00 & 20%41 = (a)&b=c; #x? [y] {z} \"q\" 'r' \\ ~ Ёж, ₽ ";

    private static final String EVENT = """
            - route:
                id: plans
                from:
                  uri: file:data/drop/plans
                  steps:
                    - unmarshal: {custom: {ref: csv}}
                    - split:
                        simple: ${body}
                        steps:
                          - to:
                              uri: masterdeal:events
                              parameters:
                                domain: dcm
                                type: dcm.invoice.issued
                                subject: dcm:invoice:${body[number]}
                                time: ${body[day]}T09:00:00+03:00
                                data.client: Volna & Sons
                                data.attributes.phone: "+7 900 000-00-00"
                                data.attributes.rate: 20%41
                                data.attributes.digits: "${body[number].replaceAll('[0-9]+', 'N')}"
                                data.attributes.all: VALUE
            """;

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static JsonNode trial(String yaml, @Nullable Path secrets) throws Exception {
        try (Trial trial = Trial.of(List.of(new RouteFile("plans.yaml", yaml)), secrets, EventCatalog.bundled())) {
            return trial.run(
                    "plans",
                    Trial.Sample.file("plans.csv", "number;day\nR12-1;2026-03-10\n".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Path secrets(Path folder, String value) throws Exception {
        Path file = folder.resolve("secrets.properties");
        Files.writeString(file, "odd.value=" + value.replace("\\", "\\\\") + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"literal", "placeholder"})
    void an_event_has_what_the_route_says(String how, @TempDir Path folder) throws Exception {
        // given
        String all = ASCII.replace("\\", "") + AWKWARD;
        String yaml = EVENT.replace("VALUE", how.equals("literal") ? quoted(all) : "\"x{{odd.value}}\"");

        // when
        JsonNode told = trial(yaml, how.equals("literal") ? null : secrets(folder, all));

        // then
        assertThat(told.path("ok").booleanValue()).as(told.toPrettyString()).isTrue();
        JsonNode event = told.at("/sends/0/event");
        assertThat(event.path("time").stringValue()).isEqualTo("2026-03-10T09:00:00+03:00");
        assertThat(event.at("/data/client").stringValue()).isEqualTo("Volna & Sons");
        assertThat(event.at("/data/attributes/phone").stringValue()).isEqualTo("+7 900 000-00-00");
        assertThat(event.at("/data/attributes/rate").stringValue()).isEqualTo("20%41");
        assertThat(event.at("/data/attributes/digits").stringValue()).isEqualTo("RN-N");
        assertThat(event.at("/data/attributes/all").stringValue())
                .isEqualTo(how.equals("literal") ? all.strip() : "x{{odd.value}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"literal", "placeholder", "in the address"})
    void a_call_by_http_has_what_the_route_says(String how, @TempDir Path root) throws Exception {
        // given
        String all = ASCII + AWKWARD.strip() + "\u00a0";
        RouteFolderOf folder = new RouteFolderOf(root);
        folder.secrets("odd.value=" + all.replace("\\", "\\\\") + "\n");
        try (Endpoint far = Endpoint.start()) {
            String to = switch (how) {
                case "literal" -> "{uri: FAR/x, parameters: {httpMethod: GET, note: " + quoted(all) + ", b: '+'}}";
                case "placeholder" -> "{uri: FAR/x, parameters: {httpMethod: GET, note: \"{{odd.value}}\", b: '+'}}";
                default -> "\"FAR/x?httpMethod=GET&note={{odd.value}}&b=%2B\"";
            };
            folder.write(
                    "plans.yaml",
                    "- route:\n    id: plans\n    from:\n      uri: direct:plans\n      steps:\n        - to: "
                            + to.replace("FAR", far.url()) + "\n");
            try (RouteEngine engine = folder.startAlone()) {
                // when
                RouteResult result = engine.send("plans", "{}".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(9))
                        .join();

                // then
                assertThat(engine.problems()).isEmpty();
                assertThat(result.verdict()).as(result.text()).isEqualTo(RouteResult.Verdict.TAKEN);
            }
            assertThat(far.query()).isEqualTo(Map.of("note", all, "b", "+"));
        }
    }

    @Test
    void a_rejected_event_is_shown_as_it_was_made() throws Exception {
        JsonNode told = trial(EVENT.replace("T09:00:00+03:00", " 9:00").replace("VALUE", "x"), null);

        assertThat(told.at("/failed/0/reason/errors/0/pointer").stringValue()).isEqualTo("/time");
        assertThat(told.at("/failed/0/reason/errors/0/value").stringValue()).isEqualTo("2026-03-10 9:00");
    }

    @Test
    void the_parameter_for_answers_is_not_sent_with_the_call() throws Exception {
        String yaml = """
                - route:
                    id: plans
                    from:
                      uri: file:data/drop/plans
                      steps:
                        - to: {uri: "http://127.0.0.1:9/x", parameters: {responseHeaders: "ETag, Link"}}
                """;

        JsonNode told = trial(yaml, null);

        assertThat(told.at("/sends/0/method").stringValue()).isEqualTo("POST");
    }
}
