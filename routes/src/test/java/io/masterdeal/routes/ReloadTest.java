package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.masterdeal.routes.RouteResult.Verdict;
import io.masterdeal.routes.servers.Endpoint;
import io.masterdeal.routes.servers.RouteFolderOf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Changed route files take effect without a restart; one that cannot be used changes nothing. */
class ReloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"11111111-1111-4111-8111-111111111111\",\"source\":\"/crm\",\"type\":\"crm.deal.lost\","
                    + "\"subject\":\"crm:deal:D-1\",\"time\":\"2026-03-10T09:00:00Z\",\"data\":{}}";

    private RouteFolderOf folder;

    private Endpoint chat;

    @BeforeEach
    void prepare(@TempDir Path root) throws IOException {
        folder = new RouteFolderOf(root);
        chat = Endpoint.start();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private String route(String id, String from, String path) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: direct:" + from + "\n      steps:\n        - to: "
                + chat.url() + path + "\n";
    }

    private static RouteResult send(RouteEngine engine, String name) {
        return engine.send(name, EVENT.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(10))
                .join();
    }

    @Test
    void a_changed_file_takes_effect_without_a_restart_and_a_deleted_one_stops_its_routes() throws Exception {
        // given
        folder.write("chat.yaml", route("chat", "chat", "/one"));
        try (RouteEngine engine = folder.start()) {
            assertThat(send(engine, "chat")).isEqualTo(new RouteResult(Verdict.TAKEN, ""));
            assertThat(chat.received()).containsExactly("POST /one " + EVENT);

            // when
            folder.write("chat.yaml", route("chat", "chat", "/another"));
            folder.write("new.yaml", route("new", "new", "/new"));

            // then
            await().atMost(PATIENCE).until(() -> engine.routes().size() == 2);
            await().atMost(PATIENCE).until(() -> {
                send(engine, "chat");
                return chat.received().getLast().startsWith("POST /another ");
            });
            assertThat(send(engine, "new").verdict()).isEqualTo(Verdict.TAKEN);

            // when
            folder.delete("chat.yaml");

            // then
            await().atMost(PATIENCE).until(() -> engine.routes().size() == 1);
            assertThat(send(engine, "chat"))
                    .isEqualTo(new RouteResult(Verdict.AWAY, "no route reads from direct:chat now"));
        }
    }

    private static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("- route: [", 1, "is no YAML"),
                Arguments.of(
                        "- route:\n    id: chat\n    from:\n      uri: direct:chat\n      steps:\n        - tu: http://x",
                        6,
                        "tu"),
                Arguments.of(
                        "- route:\n    id: chat\n    from:\n      uri: direct:chat\n      steps:\n        - to: exec:rm",
                        6,
                        "there is no 'exec:'"),
                Arguments.of(
                        "- route:\n    id: chat\n    from:\n      uri: exec:ls\n      steps:\n        - to: direct:x",
                        4,
                        "there is no 'exec:'"),
                Arguments.of(
                        "- route:\n    from:\n      uri: direct:chat\n      steps:\n        - to: direct:x",
                        1,
                        "a route has no id"),
                Arguments.of(
                        "- beans:\n    - name: x\n      type: java.lang.Object", 1, "'beans' may not stand at the top"),
                Arguments.of(
                        "- route:\n    id: chat\n    from:\n      uri: direct:chat\n      steps:\n        - bean: {beanType: java.lang.Runtime}",
                        6,
                        "no code"),
                Arguments.of(
                        "- route:\n    id: other\n    from:\n      uri: direct:chat\n      steps:\n        - to: direct:x",
                        1,
                        "is that of a route in other.yaml"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_file_leaves_its_routes_as_they_were_and_says_where_it_is_broken(String yaml, int line, String cause)
            throws Exception {
        // given
        folder.write("chat.yaml", route("chat", "chat", "/one"));
        folder.write("other.yaml", route("other", "other", "/other"));
        try (RouteEngine engine = folder.start()) {

            // when
            folder.write("chat.yaml", yaml);

            // then
            await().atMost(PATIENCE).until(() -> !engine.problems().isEmpty());
            assertThat(engine.problems()).singleElement().satisfies(it -> {
                assertThat(it.file()).isEqualTo("chat.yaml");
                assertThat(it.cause()).contains(cause);
                assertThat(it.line()).as(it.toString()).isEqualTo(line);
                assertThat(it.earlierRuns()).isTrue();
            });
            assertThat(send(engine, "chat").verdict()).isEqualTo(Verdict.TAKEN);
            assertThat(chat.received()).containsExactly("POST /one " + EVENT);

            // when
            folder.write("chat.yaml", route("chat", "chat", "/mended"));

            // then
            await().atMost(PATIENCE).until(() -> engine.problems().isEmpty());
            send(engine, "chat");
            assertThat(chat.received().getLast()).startsWith("POST /mended ");
        }
    }

    @Test
    void a_route_that_fails_or_hangs_or_reaches_nobody_is_reported() throws Exception {
        // given
        folder.write("chat.yaml", route("chat", "chat", "/one"));
        folder.write("slow.yaml", """
                - route:
                    id: slow
                    from:
                      uri: direct:slow
                      steps:
                        - delay: {constant: "60000"}
                """);
        try (RouteEngine engine = folder.start()) {
            // then
            chat.answers(500, "oh");
            assertThat(send(engine, "chat").verdict()).isEqualTo(Verdict.FAILED);
            assertThat(send(engine, "chat").text()).contains("500");
            chat.answers(503, "later");
            assertThat(send(engine, "chat").verdict()).isEqualTo(Verdict.AWAY);
            chat.close();
            assertThat(send(engine, "chat").verdict()).isEqualTo(Verdict.AWAY);
            RouteResult late = engine.send("slow", EVENT.getBytes(StandardCharsets.UTF_8), Duration.ofMillis(300))
                    .join();
            assertThat(late.verdict()).isEqualTo(Verdict.AWAY);
            assertThat(late.text()).contains("had not ended after PT0.3S");
        }
    }

    @Test
    void secrets_come_from_a_file_only_its_owner_may_read_and_are_redacted() throws Exception {
        // given
        folder.secrets("chat.token=topsecret-4711\nchat.wrong=wrong-secret-4711\n");
        folder.write("chat.yaml", route("chat", "chat", "/one?room={{chat.token}}"));
        folder.write(
                "broken.yaml", route("broken", "broken", "").replace("to: " + chat.url(), "to: \"{{chat.wrong}}:x\""));
        try (RouteEngine engine = folder.start()) {
            // then
            assertThat(engine.problems())
                    .singleElement()
                    .satisfies(it ->
                            assertThat(it.toString()).contains("{{chat.wrong}}").doesNotContain("wrong-secret"));
            chat.answers(500, "");
            assertThat(send(engine, "chat").text()).contains("500").doesNotContain("topsecret");
            assertThat(engine.explain("chat", JsonMapper.shared().readTree(EVENT))
                            .toString())
                    .contains("room={{chat.token}}", "\"method\":\"GET\"")
                    .doesNotContain("topsecret");
        }

        // when
        Files.setPosixFilePermissions(
                folder.routes().resolveSibling("secrets.properties"), PosixFilePermissions.fromString("rw-r--r--"));

        // then
        assertThatThrownBy(folder::start).hasMessageContaining("chmod 600");
    }
}
