package io.masterdeal.testbed.changed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tried on a project of three modules: {@code app} uses {@code service}, that uses {@code contracts}. */
class UnchangedModulesTest {

    private static final String SCRIPT = Path.of(
                    System.getProperty("masterdeal.home"), "testbed/src/main/sh/unchanged-modules")
            .toString();

    @TempDir
    private Path project;

    @BeforeEach
    void threeModules() throws IOException {
        write("pom.xml", "<module>contracts</module>\n<module>service</module>\n<module>app</module>\n");
        module("contracts", "");
        module("service", "<artifactId>contracts</artifactId>\n");
        module("app", "<artifactId>service</artifactId>\n");
        for (String file : List.of(
                ".mvn/jvm.config",
                "mvnw",
                "masterdeal",
                "README.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "docs/run.md",
                "samples/deals.csv",
                "sbom/advisories.yaml")) {
            write(file, file);
        }
    }

    @Test
    void without_a_change_all_are_skipped_but_only_after_their_tests_passed() throws Exception {
        // given
        assertThat(run("skip")).isEmpty();
        assertThat(run("skip")).isEmpty();

        // when
        run("passed");

        // then
        assertThat(run("skip")).containsExactly("contracts", "service", "app");
        assertThat(project.resolve("app/target/tests-are-current")).exists();
    }

    @Test
    void a_change_makes_its_module_run_and_whatever_uses_it() throws Exception {
        // given
        allPassed();

        // when
        write("service/src/main/java/Service.java", "changed");

        // then
        assertThat(run("skip")).containsExactly("contracts");
    }

    @Test
    void what_all_read_makes_all_run_and_a_document_only_those_that_read_documents() throws Exception {
        // given
        allPassed();

        // when
        write("docs/run.md", "changed");

        // then
        assertThat(run("skip")).containsExactly("contracts", "service");

        // when
        write(".mvn/jvm.config", "changed");

        // then
        assertThat(run("skip")).isEmpty();
    }

    @Test
    void a_change_made_while_the_tests_ran_is_not_taken_for_tested() throws Exception {
        // given
        run("all");
        write("app/src/main/java/App.java", "changed");

        // when
        run("passed");

        // then
        assertThat(run("skip")).containsExactly("contracts", "service");
    }

    @Test
    void a_build_of_all_finds_no_mark() throws Exception {
        // given
        allPassed();
        run("skip");

        // when
        run("all");

        // then
        assertThat(project.resolve("app/target/tests-are-current")).doesNotExist();
    }

    private void allPassed() throws Exception {
        run("all");
        run("passed");
    }

    private void module(String name, String dependencies) throws IOException {
        write(
                name + "/pom.xml",
                "</parent>\n<artifactId>" + name + "</artifactId>\n<dependencies>\n" + dependencies
                        + "</dependencies>\n");
        write(name + "/src/main/java/Any.java", name);
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> run(String command) throws Exception {
        Process process = new ProcessBuilder("sh", SCRIPT, command)
                .directory(project.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
