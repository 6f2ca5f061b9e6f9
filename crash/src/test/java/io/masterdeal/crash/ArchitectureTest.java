package io.masterdeal.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.masterdeal.testbed.architecture.HouseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This module keeps the rules of the house as well; the app, whose test checks all that it uses, does not use it. */
class ArchitectureTest {

    private static final JavaClasses CRASH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HouseRules.ROOT + ".crash");

    @Test
    void it_uses_only_what_it_may_of_ours() {
        assertThat(CRASH).isNotEmpty();
        HouseRules.usesOnlyWhatItMay("crash").check(CRASH);
    }

    @ParameterizedTest
    @MethodSource("io.masterdeal.testbed.architecture.HouseRules#everyClassKeeps")
    void it_keeps_what_every_class_keeps(ArchRule rule) {
        rule.check(CRASH);
    }
}
