package io.masterdeal.testbed.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house, each with a text that tells how to mend a breach. CONTRIBUTING.md says the same in prose.
 *
 * <p>A rule about one part allows that there is no class to check, since a part may not exist yet; another test checks that the
 * rules see every class.
 */
public final class HouseRules {

    /** The package under which all of ours lies. */
    public static final String ROOT = "io.masterdeal";

    /** The parts that run as roles. They meet in Kafka and over HTTP only. */
    public static final List<String> ROLES =
            List.of("service", "gateway", "router", "reconcile", "warehouse", "console", "copilot", "sandbox");

    /** What each part may use of ours beside itself. {@code app}, which assembles them, may use all. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("contracts", List.of()),
            Map.entry("client", List.of("contracts")),
            Map.entry("model", List.of()),
            Map.entry("rulesets", List.of("model")),
            Map.entry("local", List.of()),
            Map.entry("processes", List.of("contracts", "local")),
            Map.entry("testbed", List.of("local", "processes")),
            Map.entry(
                    "benchmarks",
                    List.of(
                            "contracts",
                            "model",
                            "rulesets",
                            "facts",
                            "local",
                            "processes",
                            "role",
                            "service",
                            "gateway",
                            "router",
                            "console")),
            Map.entry(
                    "crash",
                    List.of(
                            "app",
                            "client",
                            "contracts",
                            "facts",
                            "local",
                            "model",
                            "processes",
                            "rulesets",
                            "service")),
            Map.entry("worker", List.of()),
            Map.entry("queue", List.of("worker")),
            Map.entry("sbom", List.of()),
            Map.entry("role", List.of("contracts", "worker")),
            Map.entry("facts", List.of("contracts", "model", "role", "rulesets", "worker")),
            Map.entry("effects", List.of("contracts", "facts", "model", "queue", "role", "rulesets", "worker")),
            Map.entry(
                    "service",
                    List.of("contracts", "effects", "facts", "model", "queue", "role", "rulesets", "worker")),
            Map.entry("gateway", List.of("client", "contracts", "role", "worker")),
            Map.entry("routes", List.of("client", "contracts", "worker")),
            Map.entry("router", List.of("contracts", "queue", "role", "routes", "worker")),
            Map.entry("reconcile", List.of("client", "contracts", "role", "rulesets", "worker")),
            Map.entry("warehouse", List.of("client", "contracts", "role", "worker")),
            Map.entry("console", List.of("client", "contracts", "role", "worker")),
            Map.entry("copilot", List.of("client", "contracts", "role", "worker")),
            Map.entry("spark", List.of("model", "rulesets")),
            Map.entry("sandbox", List.of("client", "contracts", "role", "worker"))));

    public static final ArchRule MODEL_USES_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage(within("model"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", within("model"))
            .allowEmptyShould(true)
            .because(
                    "the deal model is a pure function that anyone can run anywhere: values in, values out. Parse, store"
                            + " and send in the part that calls it, and hand the model plain values (records, String, Instant)");

    public static final ArchRule MODEL_TOUCHES_NOTHING_OUTSIDE = noClasses()
            .that()
            .resideInAPackage(within("model"))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.sql..", "javax..", "java.net..", "java.nio.file..", "java.util.logging..")
                            .or(owned(Clock.class, ThreadLocalRandom.class, java.util.Random.class)))
            .orShould(accessTargetWhere(readsTheClockOrChance()))
            .allowEmptyShould(true)
            .because(
                    "the same facts must give the same answer on every machine and at every replay. Take the instant, the id"
                            + " or the text as a parameter, and let the caller read the clock, the file or the database");

    public static final ArchRule CYCLE_FREE = slices().matching(ROOT + ".(**)")
            .should()
            .beFreeOfCycles()
            .because(
                    "packages in a cycle can only be understood and changed together. Move what both need into the one that"
                            + " is used by the other, or let the lower package declare an interface that the upper one implements");

    public static final ArchRule NAMES_SAY_THE_JOB = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..")
            .orShould()
            .haveNameMatching(".*(Util|Utils|Utility|Utilities|Common|Helper|Helpers|Manager)")
            .because("such a name fits everything and tells nothing. Name it by what it does in the words of the field"
                    + " (ObjectKey, DeadLetter, CanonicalContent), and put it beside what uses it");

    public static final ArchRule NO_FIELD_INJECTION = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT + "..")
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .allowEmptyShould(true)
            .because(
                    "a class must be whole once constructed, and a test must be able to construct it. Make the field final"
                            + " and take it as a constructor parameter");

    public static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackage(within("app"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because(
                    "standard output belongs to the command line, whose users pipe it on. Log through SLF4J, or return the"
                            + " value and let the command print it");

    public static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .that()
            .resideInAPackage(ROOT + "..")
            .should(lieInANullMarkedPackage())
            .because(
                    "NullAway checks only what is marked. Add a package-info.java that says in two lines what lives in the"
                            + " package, with @NullMarked on it");

    /** The JDK's HTTP client hands what its threads throw to the caller that waits for the answer. */
    private static final String HAS_AN_HTTP_CLIENT = "io.masterdeal.effects.GatewayClient";

    public static final ArchRule THREADS_ARE_WORKERS = noClasses()
            .that()
            .resideInAnyPackage(Stream.of(
                            "facts",
                            "effects",
                            "service",
                            "gateway",
                            "router",
                            "routes",
                            "queue",
                            "role",
                            "client",
                            "sandbox",
                            "reconcile",
                            "console",
                            "copilot",
                            "warehouse")
                    .map(HouseRules::within)
                    .toArray(String[]::new))
            .and()
            .doNotHaveFullyQualifiedName(HAS_AN_HTTP_CLIENT)
            .should(accessTargetWhere(startsAThread()))
            .allowEmptyShould(true)
            .because("a role that has lost one of its threads no longer does all of its work, and nothing says so. Let"
                    + " io.masterdeal.worker.Workers make the thread or the executor: then one that dies ends the"
                    + " process, which is started again");

    private HouseRules() {}

    /** One rule a part: what it may use of ours. */
    public static Stream<ArchRule> each_part_uses_only_what_it_may() {
        return MAY_USE.entrySet().stream().map(entry -> usesOnly(entry.getKey(), entry.getValue()));
    }

    /**
     * What one part may use of ours.
     *
     * @param part as it is called below {@link #ROOT}
     * @throws IllegalArgumentException if nothing is said about it
     */
    public static ArchRule usesOnlyWhatItMay(String part) {
        var others = MAY_USE.get(part);
        if (others == null) {
            throw new IllegalArgumentException("what '" + part + "' may use is not said");
        }
        return usesOnly(part, others);
    }

    /** The rules that every class of ours keeps, whatever part it is in. */
    public static Stream<ArchRule> everyClassKeeps() {
        return Stream.of(
                CYCLE_FREE,
                NAMES_SAY_THE_JOB,
                NO_FIELD_INJECTION,
                ONLY_THE_COMMAND_LINE_PRINTS,
                PACKAGES_ARE_NULL_MARKED);
    }

    private static ArchRule usesOnly(String part, List<String> others) {
        var allowed = Stream.concat(Stream.of(part), others.stream())
                .map(HouseRules::within)
                .toArray(String[]::new);
        var anythingElseOfOurs = resideInAPackage(ROOT + "..")
                .and(not(resideInAnyPackage(allowed)))
                .as("are ours and outside of %s", String.join(", ", allowed));
        return noClasses()
                .that()
                .resideInAPackage(within(part))
                .should()
                .dependOnClassesThat(anythingElseOfOurs)
                .allowEmptyShould(true)
                .because(ROLES.contains(part) ? HOW_ROLES_MEET : HOW_THE_FOUNDATION_STANDS);
    }

    private static final String HOW_ROLES_MEET =
            "roles run in one process or on many machines with the same code, so each meets the others only through Kafka"
                    + " topics and HTTP. Publish an event or call the other's API instead; a value both must know (an event, an"
                    + " id, a topic's name) belongs in contracts";

    private static final String HOW_THE_FOUNDATION_STANDS =
            "others build on this part, so it builds on none of ours. Move the class to the part that needs both, or pass in"
                    + " what it needs as a value or an interface of its own";

    private static String within(String part) {
        return ROOT + "." + part + "..";
    }

    private static DescribedPredicate<JavaClass> owned(Class<?>... types) {
        var names = Stream.of(types).map(Class::getName).toList();
        return DescribedPredicate.describe("are one of " + names, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClockOrChance() {
        var clock = target(owner(resideInAPackage("java.time.."))).and(target(name("now")));
        var systemClock = target(owner(owned(System.class)))
                .and(target(name("currentTimeMillis").or(name("nanoTime"))));
        var environment = target(owner(owned(System.class)))
                .and(target(name("getProperty").or(name("getenv")).or(name("lineSeparator"))))
                .or(target(name("systemDefault").or(name("systemDefaultZone"))))
                .or(target(owner(owned(Locale.class))).and(target(name("getDefault"))));
        var chance =
                target(name("randomUUID")).or(target(owner(owned(Math.class))).and(target(name("random"))));
        return clock.or(systemClock).or(environment).or(chance).as("reads the clock, the environment or chance");
    }

    /** A thread without a task, such as the initial value of a field, does not count. */
    private static DescribedPredicate<JavaAccess<?>> startsAThread() {
        var builder = target(owner(owned(Thread.class)))
                .and(target(name("ofPlatform").or(name("ofVirtual")).or(name("startVirtualThread"))));
        return builder.or(target(owner(owned(Executors.class))))
                .or(DescribedPredicate.describe(
                        "makes a thread with work",
                        access -> access.getTarget() instanceof AccessTarget.ConstructorCallTarget made
                                && made.getOwner().isEquivalentTo(Thread.class)
                                && !made.getRawParameterTypes().isEmpty()))
                .as("starts a thread");
    }

    private static ArchCondition<JavaClass> lieInANullMarkedPackage() {
        return new ArchCondition<>("lie in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getDescription() + " lies in " + type.getPackageName() + ", not marked"));
            }
        };
    }
}
