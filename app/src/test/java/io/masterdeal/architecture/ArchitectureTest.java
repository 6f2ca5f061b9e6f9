package io.masterdeal.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.masterdeal.app.MasterDeal;
import io.masterdeal.testbed.architecture.HouseRules;
import io.masterdeal.worker.WorkerDeaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class of ours keeps the rules of the house. */
@NullMarked
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HouseRules.ROOT);

    @ParameterizedTest
    @MethodSource("io.masterdeal.testbed.architecture.HouseRules#each_part_uses_only_what_it_may")
    void each_part_uses_only_what_it_may_of_ours(ArchRule rule) {
        rule.check(OURS);
    }

    @Test
    void the_model_uses_only_the_jdk() {
        HouseRules.MODEL_USES_ONLY_THE_JDK.check(OURS);
    }

    @Test
    void the_model_reads_no_clock_no_chance_and_nothing_outside() {
        HouseRules.MODEL_TOUCHES_NOTHING_OUTSIDE.check(OURS);
    }

    @Test
    void packages_are_free_of_cycles() {
        HouseRules.CYCLE_FREE.check(OURS);
    }

    @Test
    void names_say_what_the_job_is() {
        HouseRules.NAMES_SAY_THE_JOB.check(OURS);
    }

    @Test
    void nothing_is_injected_into_fields() {
        HouseRules.NO_FIELD_INJECTION.check(OURS);
    }

    @Test
    void threads_of_roles_are_workers() {
        HouseRules.THREADS_ARE_WORKERS.check(OURS);
    }

    @Test
    void the_command_line_ends_its_process_if_a_worker_dies() {
        assertThat(OURS.get(MasterDeal.class).getMethod("main", String[].class).getMethodCallsFromSelf())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(WorkerDeaths.class)
                        && call.getName().equals("endProcess"));
    }

    @Test
    void only_the_command_line_prints() {
        HouseRules.ONLY_THE_COMMAND_LINE_PRINTS.check(OURS);
    }

    @Test
    void every_package_is_null_marked() {
        HouseRules.PACKAGES_ARE_NULL_MARKED.check(OURS);
    }

    /** Without this a module missing from the app's dependencies would keep every rule. */
    @Test
    void the_rules_see_every_package_that_has_sources() throws IOException {
        // given
        var home = System.getProperty("masterdeal.home");
        assumeTrue(home != null, "the system property masterdeal.home, which the build sets, is missing");

        // when
        var seen = new TreeSet<String>();
        OURS.forEach(type -> seen.add(type.getPackageName()));

        // then
        assertThat(packagesWithSources(Path.of(home))).isNotEmpty().isSubsetOf(seen);
    }

    /** What uses the app it cannot see, so that has a test like this one of its own. */
    @Test
    void a_module_that_uses_the_app_checks_itself() throws IOException {
        // given
        var home = System.getProperty("masterdeal.home");
        assumeTrue(home != null, "the system property masterdeal.home, which the build sets, is missing");

        try (var modules = Files.newDirectoryStream(
                Path.of(home), module -> Files.isDirectory(module.resolve("src/main/java")) && usesTheApp(module))) {
            for (var module : modules) {
                // when
                try (var tests = Files.walk(module.resolve("src/test/java"))) {

                    // then
                    assertThat(tests.map(Path::getFileName).map(Path::toString))
                            .as("tests of " + module)
                            .contains("ArchitectureTest.java");
                }
            }
        }
    }

    /** Those of modules that use the app are left out: they check themselves. */
    private static SortedSet<String> packagesWithSources(Path home) throws IOException {
        var packages = new TreeSet<String>();
        try (var modules = Files.newDirectoryStream(
                home, module -> Files.isDirectory(module.resolve("src/main/java")) && !usesTheApp(module))) {
            for (var module : modules) {
                var sources = module.resolve("src/main/java");
                try (var files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("package-info.java"))
                            .map(file -> sources.relativize(file.resolveSibling("")))
                            .forEach(folder -> packages.add(folder.toString().replace('/', '.')));
                }
            }
        }
        return packages;
    }

    private static boolean usesTheApp(Path module) throws IOException {
        var pom = Files.readString(module.resolve("pom.xml"));
        return pom.indexOf("<artifactId>app</artifactId>") > pom.indexOf("<dependencies>");
    }
}
