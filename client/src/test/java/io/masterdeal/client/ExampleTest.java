package io.masterdeal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The example {@code docs/examples/PublishAndAsk.java}, run as a user runs it, before a gateway that is not always able to answer. */
class ExampleTest {

    private static final String CREATED = "crm.deal.created";

    private static final String BRIEFED = "crm.brief.submitted";

    @TempDir
    private Path folder;

    private final ScriptedServer gateway;

    private final ScriptedServer service;

    ExampleTest() throws IOException {
        gateway = new ScriptedServer();
        service = new ScriptedServer();
    }

    @AfterEach
    void close() {
        gateway.close();
        service.close();
    }

    private record Ended(int exitCode, String out, String err) {}

    /** Runs it, with less time for a silent gateway. */
    private Ended run() throws IOException, InterruptedException {
        String home = System.getProperty("masterdeal.home");
        assumeTrue(home != null, "SKIPPED: the system property masterdeal.home, which the build sets, is missing");
        String source = Files.readString(Path.of(home).resolve("docs/examples/PublishAndAsk.java"));
        assertThat(source).contains("Duration.ofSeconds(10)");
        Path program = Files.writeString(
                folder.resolve("PublishAndAsk.java"),
                source.replace("Duration.ofSeconds(10)", "Duration.ofSeconds(3)"));
        Path key = Files.writeString(folder.resolve("crm.key"), ScriptedServer.KEY + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.toString(),
                        gateway.address().toString(),
                        service.address().toString(),
                        key.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** What each request held: the types of its events. */
    private List<List<String>> askedTypes() {
        List<List<String>> asked = new ArrayList<>();
        for (ScriptedServer.Asked request : gateway.asked) {
            asked.add(JsonMapper.shared()
                    .readTree(request.body().getBytes(StandardCharsets.UTF_8))
                    .valueStream()
                    .map(event -> event.path("type").stringValue())
                    .toList());
        }
        return asked;
    }

    @Test
    void each_event_is_sent_until_it_is_accepted_and_no_longer() throws Exception {
        // given
        gateway.problem(429, "too many requests", Map.of("Retry-After", "1"))
                .problem(500, "a fault")
                .problem(502, "nobody behind")
                .items(202, 503)
                .problem(503, "Kafka is away")
                .silence();
        service.problem(503, "all connections are in use").body(200, "{\"stage\":\"briefed\"}");

        // when
        Ended ended = run();

        // then
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactly("accepted: crm.events", "accepted: crm.events", "briefed");
        List<String> both = List.of(CREATED, BRIEFED);
        assertThat(askedTypes())
                .containsExactly(both, both, both, both, List.of(BRIEFED), List.of(BRIEFED), List.of(BRIEFED));
        assertThat(gateway.asked.stream()
                        .flatMap(request -> request.ids().stream())
                        .distinct())
                .as("the ids stay the same")
                .hasSize(2);
        assertThat(service.asked)
                .extracting(ScriptedServer.Asked::path)
                .containsExactly("/masterdeal/crm:deal:D-1", "/masterdeal/crm:deal:D-1");
    }

    @Test
    void a_key_that_is_refused_ends_it_at_once_and_says_so() throws Exception {
        // given
        gateway.problem(401, "Send the API key of your domain.");

        // when
        Ended ended = run();

        // then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("the gateway at " + gateway.address()
                        + " answers /events with 401: Send the API key of your domain.")
                .doesNotContain(ScriptedServer.KEY);
        assertThat(askedTypes()).containsExactly(List.of(CREATED, BRIEFED));
        assertThat(service.asked).isEmpty();
    }
}
