package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.client.PlatformClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs every command of the tour and the README, and compares the output with the document. A step that fails has the
 * heading of the document.
 */
class TourTest {

    private static final Path TOUR = TestPlatform.home().resolve("docs").resolve("tour.md");

    private static final Path README = TestPlatform.home().resolve("README.md");

    /** What differs by place and time, and its replacement on both sides. */
    private static final Map<String, String> VARYING = Map.of(
            "\"partition\":\\d+", "\"partition\":0",
            "\"offset\":\\d+", "\"offset\":0",
            "\"age_seconds\":\\d+", "\"age_seconds\":0",
            "\"origin\":\"([a-z.]+)-\\d+@\\d+\"", "\"origin\":\"$1-0@0\"",
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  masterdeal\\.", "now  masterdeal.",
            "\"(updated_at|waiting_since|received_at)\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"",
                    "\"$1\":\"now\"");

    @TempDir
    private Path folder;

    private @Nullable TestPlatform platform;

    private @Nullable NewcomersShell shell;

    private boolean failed;

    @AfterEach
    void leave() throws IOException {
        if (shell != null) {
            shell.close();
            shell = null;
        }
    }

    @TestFactory
    Stream<DynamicNode> every_step_prints_what_the_document_says() throws Exception {
        for (String program : List.of("bash", "curl")) {
            assumeTrue(NewcomersShell.has(program), "SKIPPED: the tour needs " + program + ", which is not here");
        }
        return Stream.of(walk(README), walk(TOUR));
    }

    private DynamicNode walk(Path document) throws IOException {
        Path place = Files.createDirectory(folder.resolve(document.getFileName()));
        List<DynamicNode> tests = new ArrayList<>();
        for (Walkthrough.Step step : Walkthrough.steps(document)) {
            boolean first = tests.isEmpty();
            tests.add(dynamicTest(step.heading(), () -> {
                if (first) {
                    begin(place);
                }
                assumeTrue(!failed, "SKIPPED: a step before it failed");
                failed = true;
                for (Walkthrough.Block block : step.blocks()) {
                    follow(document, step, block);
                }
                failed = false;
            }));
        }
        return dynamicContainer(TestPlatform.home().relativize(document).toString(), document.toUri(), tests.stream());
    }

    private void begin(Path place) throws Exception {
        leave();
        failed = true;
        platform = TestPlatform.empty();
        shell = new NewcomersShell(place, platform.data());
        failed = false;
    }

    private void follow(Path document, Walkthrough.Step step, Walkthrough.Block block) throws IOException {
        String printed = Objects.requireNonNull(shell).run(atItsPlace(block.commands()));

        assertThat(comparable(printed, block.isJson()))
                .as(
                        "%s, step '%s', line %d\n%s\nprinted\n%s\nand should, as the document says, print\n%s\n",
                        document.getFileName(),
                        step.heading(),
                        block.line(),
                        block.commands(),
                        printed,
                        block.printed())
                .isEqualTo(comparable(block.printed(), block.isJson()));
        awaitWorkedOff();
    }

    /** The platforms of tests have free ports, those of readers the usual ones. */
    private String atItsPlace(String commands) {
        PlatformAddresses at = Objects.requireNonNull(platform).addresses();
        return commands.replace("127.0.0.1:8080", place(at.gateway())).replace("127.0.0.1:8081", place(at.service()));
    }

    private static String place(@Nullable URI address) {
        return Objects.requireNonNull(address).getAuthority();
    }

    /** A person reads before typing the next command; that takes longer than this. */
    private void awaitWorkedOff() {
        PlatformClient service = Objects.requireNonNull(platform).service();
        await("what was sent is in the deals").atMost(TestPlatform.PATIENCE).until(() -> {
            JsonNode intake = service.get("/intake");
            return Stream.of("lag", "pending_folds", "pending_effects")
                    .allMatch(name -> intake.path(name).longValue(-1) == 0);
        });
    }

    private static String comparable(String printed, boolean isJson) {
        String text = isJson
                ? compact(printed)
                : printed.lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
        for (Map.Entry<String, String> varying : VARYING.entrySet()) {
            text = text.replaceAll(varying.getKey(), varying.getValue());
        }
        return text;
    }

    /** JSON without line breaks and blanks between its parts; other text unchanged. */
    private static String compact(String text) {
        try {
            return JsonMapper.shared().readTree(text).toString();
        } catch (JacksonException e) {
            return text;
        }
    }

    @Test
    void what_differs_in_a_stage_a_revision_or_a_count_of_facts_is_not_taken_for_what_may_vary() {
        String answer =
                "{\"stage\":\"briefed\",\"facts\":2,\"revision\":2,\"updated_at\":\"2026-11-24T12:09:40.645Z\"}";

        assertThat(comparable(answer.replace("12:09:40.645", "13:10:41.000"), true))
                .isEqualTo(comparable(answer, true));
        assertThat(Stream.of("briefed", "\"facts\":2", "\"revision\":2")
                        .map(part -> answer.replace(part, part.replace("2", "3").replace("briefed", "closed"))))
                .allSatisfy(other -> assertThat(comparable(other, true)).isNotEqualTo(comparable(answer, true)));
    }

    @Test
    void no_call_and_no_question_in_either_document_is_left_out() throws IOException {
        for (Path document : List.of(README, TOUR)) {
            String followed = Walkthrough.steps(document).stream()
                    .flatMap(step -> step.blocks().stream())
                    .map(block -> block.commands() + "\n")
                    .reduce("", String::concat);

            assertThat(Files.readAllLines(document))
                    .filteredOn(
                            line -> line.strip().matches("(curl|./masterdeal (send|deal|deals)) .*|./masterdeal deals"))
                    .allSatisfy(line -> assertThat(followed).contains(line + "\n"));
        }
        assertThat(Walkthrough.steps(TOUR)).hasSizeGreaterThan(9);
    }
}
