package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.files.RouteFile;
import io.masterdeal.routes.trial.Trial;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever a route does with a secret, a trial shows the placeholder. */
class SecretRedactionTest {

    private static final String SECRET = "p/a@s+s word\"%Ж";

    private static final String ROUTE = """
            - route:
                id: calls
                from:
                  uri: direct:calls
                  steps:
                    - setHeader: {name: X-Token, constant: "Token {{far.key}}"}
                    - setVariable: {name: outer, constant: "{{sys:masterdeal.test.outer}}"}
                    - setBody: {simple: "{\\"key\\": \\"${variable.outer}\\", \\"other\\": \\"{{far.key}}\\"}"}
                    - to: {uri: "http://127.0.0.1:9/hook", parameters: {outer: "{{sys:masterdeal.test.outer}}", key: "{{far.key}}"}}
                    - to: "http://127.0.0.1:9/bot{{far.plain}}/x?key={{far.key}}"
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: "no {{far.key}} ${variable.outer}"}
            """;

    @Test
    void a_trial_shows_no_secret_in_any_encoding(@TempDir Path folder) throws Exception {
        // given
        Path secrets = folder.resolve("secrets.properties");
        Files.writeString(secrets, "far.key=" + SECRET + "\nfar.plain=plain-secret\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        String outer = "outer/" + SECRET;
        System.setProperty("masterdeal.test.outer", outer);
        String told;
        try (Trial trial = Trial.of(List.of(new RouteFile("calls.yaml", ROUTE)), secrets, EventCatalog.bundled())) {
            // when
            String packed = Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(StandardCharsets.UTF_8));
            told = trial.run(
                            "calls",
                            new Trial.Sample("{}".getBytes(StandardCharsets.UTF_8), Map.of("X-Packed", packed)))
                    .toString();
        } finally {
            System.clearProperty("masterdeal.test.outer");
        }

        // then
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertThat(told)
                .contains(
                        "hook?key={{far.key}}&outer={{sys:masterdeal.test.outer}}",
                        "bot{{far.plain}}/x",
                        "Token {{far.key}}",
                        "{{sys:masterdeal.test.outer}}\\\"",
                        "no {{far.key}} {{sys:masterdeal.test.outer}}")
                .doesNotContain("p/a@s", "p%2Fa", "plain-secret", encoded)
                .doesNotContain(Base64.getEncoder()
                        .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))
                        .substring(0, 8))
                .doesNotContain(Base64.getEncoder()
                        .encodeToString(("user:" + SECRET).getBytes(StandardCharsets.UTF_8))
                        .substring(8, 20));
    }

    @Test
    void a_placeholder_with_a_common_word_as_its_value_leaves_answers_readable() throws Exception {
        System.setProperty("masterdeal.test.word", "true");
        String yaml = """
                - route:
                    id: word
                    from:
                      uri: direct:true
                      steps:
                        - filter:
                            constant: "{{sys:masterdeal.test.word}}"
                            steps:
                              - to: http://127.0.0.1:9/true
                """;
        try (Trial trial = Trial.of(List.of(new RouteFile("word.yaml", yaml)), null, EventCatalog.bundled())) {
            JsonNode told = trial.run("word", new Trial.Sample("{}".getBytes(StandardCharsets.UTF_8), Map.of()));

            assertThat(told.path("ok").booleanValue()).isTrue();
            assertThat(told.at("/sends/0/to").stringValue())
                    .isEqualTo("http://127.0.0.1:9/{{sys:masterdeal.test.word}}");
        } finally {
            System.clearProperty("masterdeal.test.word");
        }
    }
}
