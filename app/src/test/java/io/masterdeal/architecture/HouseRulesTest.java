package io.masterdeal.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.masterdeal.breach.ClockHelper;
import io.masterdeal.breach.Printer;
import io.masterdeal.breach.first.First;
import io.masterdeal.breach.second.Second;
import io.masterdeal.gateway.breach.Door;
import io.masterdeal.model.breach.ReadsTheClock;
import io.masterdeal.model.breach.ReadsTheDatabase;
import io.masterdeal.service.breach.CallsTheGateway;
import io.masterdeal.service.breach.StartsAThread;
import io.masterdeal.testbed.architecture.HouseRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules bite: each finds a class made to breach it, and its text tells how to mend the breach. */
@NullMarked
class HouseRulesTest {

    @Test
    void a_model_that_reads_the_clock_is_found() {
        assertBreached(
                HouseRules.MODEL_TOUCHES_NOTHING_OUTSIDE,
                "calls method <java.time.Instant.now()>",
                "Take the instant, the id or the text as a parameter",
                ReadsTheClock.class);
    }

    @Test
    void a_model_that_uses_the_database_is_found() {
        assertBreached(
                HouseRules.MODEL_TOUCHES_NOTHING_OUTSIDE,
                "java.sql.Connection",
                "let the caller read the clock, the file or the database",
                ReadsTheDatabase.class);
    }

    @Test
    void a_model_that_uses_another_part_is_found() {
        assertBreached(
                HouseRules.MODEL_USES_ONLY_THE_JDK,
                "io.masterdeal.gateway.breach.Door",
                "hand the model plain values",
                ReadsTheDatabase.class,
                Door.class);
    }

    @Test
    void a_role_that_uses_another_role_is_found() {
        assertBreached(
                partRule("service"),
                "calls constructor <io.masterdeal.gateway.breach.Door",
                "Publish an event or call" + " the other's API instead",
                CallsTheGateway.class,
                Door.class);
    }

    @Test
    void a_role_that_uses_its_own_classes_is_fine() {
        var classes = new ClassFileImporter().importClasses(Door.class);

        assertThatCode(() -> partRule("gateway").check(classes)).doesNotThrowAnyException();
    }

    @Test
    void a_cycle_between_packages_is_found() {
        assertBreached(
                HouseRules.CYCLE_FREE,
                "Cycle detected",
                "let the lower package declare an interface",
                First.class,
                Second.class);
    }

    @Test
    void a_name_that_tells_nothing_is_found() {
        assertBreached(
                HouseRules.NAMES_SAY_THE_JOB,
                "io.masterdeal.breach.ClockHelper",
                "Name it by what it does",
                ClockHelper.class);
    }

    @Test
    void printing_outside_the_command_line_is_found() {
        assertBreached(
                HouseRules.ONLY_THE_COMMAND_LINE_PRINTS,
                "java.lang.System.out",
                "let the command print it",
                Printer.class);
    }

    @Test
    void a_thread_whose_death_nobody_hears_of_is_found() {
        assertBreached(
                HouseRules.THREADS_ARE_WORKERS,
                "calls method <java.lang.Thread.ofVirtual()>",
                "Let io.masterdeal.worker.Workers make",
                StartsAThread.class);
    }

    @Test
    void a_package_without_null_marking_is_found() {
        assertBreached(
                HouseRules.PACKAGES_ARE_NULL_MARKED,
                "io.masterdeal.breach, not marked",
                "Add a package-info.java",
                Printer.class);
    }

    private static ArchRule partRule(String part) {
        return HouseRules.usesOnlyWhatItMay(part);
    }

    private static void assertBreached(ArchRule rule, String breach, String remedy, Class<?>... types) {
        var classes = new ClassFileImporter().importClasses(types);
        assertThat(classes).hasSize(types.length);

        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(breach)
                .hasMessageContaining(remedy);
    }
}
