package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The commands in the document on routes print what the document says. */
class RoutesDocumentTest {

    private static final Path DOCUMENT = TestPlatform.home().resolve("docs").resolve("connect-a-source.md");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> every_command_prints_what_the_document_says() throws Exception {
        assumeTrue(NewcomersShell.has("bash"), "SKIPPED: the document needs bash, which is not here");
        return Walkthrough.steps(DOCUMENT).stream()
                .map(step -> DynamicTest.dynamicTest(step.heading(), () -> follow(step)));
    }

    private void follow(Walkthrough.Step step) throws Exception {
        Path place = Files.createTempDirectory(folder, "reader");
        Files.createSymbolicLink(place.resolve("samples"), TestPlatform.sample(""));
        try (NewcomersShell shell = new NewcomersShell(place, Files.createDirectory(place.resolve("nothing")))) {
            for (Walkthrough.Block block : step.blocks()) {
                String printed = shell.run(block.commands());
                assertThat(comparable(printed, block.isJson()))
                        .as("line %d: %s", block.line(), block.commands())
                        .isEqualTo(comparable(block.printed(), block.isJson()));
            }
        }
    }

    private static String comparable(String text, boolean json) {
        return json ? JsonMapper.shared().readTree(text).toString() : text.stripTrailing();
    }

    @Test
    void the_document_has_commands() throws Exception {
        assertThat(Walkthrough.steps(DOCUMENT))
                .extracting(Walkthrough.Step::heading)
                .isEqualTo(List.of("Try one", "Run them"));
    }
}
