package io.masterdeal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** A reader recognizes a class by its name: one simple name is one class, and it consists of terms of the field. */
@NullMarked
class NamesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.masterdeal");

    /** Simple names that several classes may have, with the reason. */
    private static final Map<String, String> SHARED = Map.of();

    /** Simple names that only insiders understood, each with the term of the field. */
    private static final Map<String, String> REPLACED = new TreeMap<>(Map.ofEntries(
            Map.entry("Begin", "StartOffsets"),
            Map.entry("Commanding", "Lifecycle"),
            Map.entry("FirstBytes", "BoundedBody"),
            Map.entry("Intaking", "Lifecycle"),
            Map.entry("Publishing", "Lifecycle"),
            Map.entry("Term", "LeaderEpoch")));

    /** Words that occur in no name, each with the term of the field. */
    private static final Map<String, String> AVOIDED = new TreeMap<>(Map.ofEntries(
            Map.entry("Bearings", "Reachability"),
            Map.entry("Burden", "BackgroundLoad"),
            Map.entry("Clerk", "Hook"),
            Map.entry("Contender", "Variant"),
            Map.entry("Contenders", "Variants"),
            Map.entry("Courier", "SubscriptionWorker"),
            Map.entry("Couriers", "SubscriptionWorkers"),
            Map.entry("Crew", "Executor"),
            Map.entry("Desk", "Api or Claims"),
            Map.entry("Desks", "Apis or Claims"),
            Map.entry("Disturber", "FaultInjector"),
            Map.entry("Door", "Receiver or Client"),
            Map.entry("Judge", "Evaluator"),
            Map.entry("Misbehaviour", "FaultInjection"),
            Map.entry("Mischief", "FaultInjection"),
            Map.entry("Mischiefs", "FaultInjection"),
            Map.entry("Mishap", "FaultInjection"),
            Map.entry("Mishaps", "FaultInjection"),
            Map.entry("Outlet", "Sink"),
            Map.entry("Sight", "what it shows"),
            Map.entry("Stand", "Platform"),
            Map.entry("Tape", "Recording")));

    @Test
    void one_simple_name_is_one_class() {
        // when
        SortedMap<String, SortedSet<String>> byName = new TreeMap<>();
        OURS.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> byName.computeIfAbsent(type.getSimpleName(), _ -> new TreeSet<>())
                        .add(type.getName()));
        byName.values().removeIf(names -> names.size() == 1);

        // then
        assertThat(byName.keySet())
                .as("%s: give each class a name that says which one it is, or list the name with the reason", byName)
                .isEqualTo(new TreeSet<>(SHARED.keySet()));
    }

    @Test
    void names_are_terms_of_the_field() {
        // when
        List<String> found = OURS.stream()
                .filter(type -> !type.isAnonymousClass())
                .flatMap(NamesTest::complaints)
                .sorted()
                .toList();

        // then
        assertThat(found).as("each with the term to use").isEmpty();
    }

    private static Stream<String> complaints(JavaClass type) {
        String name = type.getSimpleName();
        Stream<String> terms = Stream.concat(
                Stream.of(name).filter(REPLACED::containsKey).map(REPLACED::get),
                Stream.of(name.split("(?=\\p{Lu})"))
                        .filter(AVOIDED::containsKey)
                        .map(AVOIDED::get));
        return terms.map(term -> type.getName() + ": " + term);
    }
}
