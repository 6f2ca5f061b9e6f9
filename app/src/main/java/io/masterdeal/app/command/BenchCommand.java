package io.masterdeal.app.command;

import io.masterdeal.app.bench.BenchReport;
import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.console.ConsoleBench;
import io.masterdeal.benchmarks.delivery.DeliveryBench;
import io.masterdeal.benchmarks.delivery.DeliveryPlan;
import io.masterdeal.benchmarks.growth.GrowthBench;
import io.masterdeal.benchmarks.intake.IntakeBench;
import io.masterdeal.benchmarks.intake.Variant;
import io.masterdeal.benchmarks.latency.LatencyBench;
import io.masterdeal.benchmarks.latency.LatencyPlan;
import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.sla.SlaBench;
import io.masterdeal.benchmarks.workload.DealWorkload;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how fast MasterDeal is on this machine, compared with what the machine could do.",
            "Everything is started on this machine, new for each run, and removed afterwards.",
            "docs/benchmarks/README.md says what each figure means."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal bench                                    all benchmarks",
            "  ./masterdeal bench intake --json intake.json          one of them, figures into a file",
            "  ./masterdeal bench intake --only masterdeal --runs 1  a quick look at one of them",
            "  ./masterdeal bench latency --rate 500 --seconds 30    half the rate, half the time",
            "  ./masterdeal bench growth --stored 100000 --runs 1    fewer deals, one round of each",
            "  ./masterdeal bench sla --only deadlines               one part: how many deadlines fire a second"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured",
            "1:a run failed, or the control did not do the same work as MasterDeal; the message says why",
            "2:wrong usage",
            "130:ended by Ctrl-C (143: by a TERM signal)"
        })
final class BenchCommand implements Callable<Integer> {

    private static final List<String> ALL = List.of("intake", "latency", "growth", "delivery", "sla", "console");

    /** In each round of growth. */
    private static final int NEW_DEALS = 20_000;

    private static final int FACTS_OF_ONE_DEAL = 10_000;

    /** How often each question to the console is asked. */
    private static final int QUESTIONS = 100;

    /** How many are timed. */
    private static final int NEWEST_FACTS = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "BENCHMARK",
            arity = "0..*",
            description = "What to measure: intake, latency, growth, delivery, sla, console (default: all).")
    private List<String> wanted = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures of every run to a file.")
    private @Nullable Path json;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "intake, growth, delivery, sla: how many runs of each; rates are medians (default: 3).")
    private int runs;

    @Option(
            names = "--deals",
            paramLabel = "N",
            defaultValue = "60000",
            description = "intake, sla: deals of seven events each (default: 60000).")
    private int deals;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides the events (default: 1).")
    private long seed;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "as_happened",
            description = "intake: the order in which events are sent, as_happened or reversed (default: as_happened).")
    private String order = "as_happened";

    @Option(
            names = "--overlap",
            paramLabel = "N",
            defaultValue = "50",
            description = "intake: how many other deals start between two steps of a deal; seven times as many are in"
                    + " progress at once (default: 50).")
    private int overlap;

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Which to run, separated by commas (default: all). intake: masterdeal, two_processes, two_sharing,"
                            + " control_1, control_2, bare_sql_1, bare_sql_2, reversed. sla: evaluate, deadlines, intake, newest, calendar.")
    private List<String> only = List.of();

    @Option(
            names = "--second-on",
            paramLabel = "CPUS",
            description =
                    "intake: the processors that the second of two processes runs on, such as 1 or 2-3 (Linux, taskset)."
                            + " Under `taskset -c 0 ./masterdeal bench ...`, --second-on 1 gives it a processor of its own (default: the same"
                            + " as all others).")
    private @Nullable String secondProcessors;

    @Option(
            names = "--warm-up",
            paramLabel = "PCT",
            defaultValue = "50",
            description =
                    "intake, growth, sla: percentage of events, or deadlines, that are handled before measuring starts (default: 50).")
    private int warmUp;

    @Option(
            names = "--jvm-flag",
            paramLabel = "FLAG",
            description = "A flag for the Java virtual machines of the service, the gateway and the control, such as"
                    + " --jvm-flag=-XX:+UseSerialGC; may be repeated.")
    private List<String> flags = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "latency, sla: events sent each second (default: 1000).")
    private int rate;

    @Option(
            names = "--reads",
            paramLabel = "N",
            defaultValue = "50",
            description = "latency: deals read each second meanwhile (default: 50).")
    private int reads;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "latency: how long each of its three parts is measured, after a warm-up twice as long;"
                    + " delivery, sla: how long latencies are measured, after a warm-up as long (default: 60).")
    private int seconds;

    @Option(
            names = "--stored",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "growth, console: how many deals are stored; growth compares with a hundredth as many (default: 1000000).")
    private int stored;

    @Option(
            names = "--ledger-rows",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "delivery: deliveries in the ledger when the rate is measured again (default: 10000000).")
    private int ledgerRows;

    @Option(
            names = "--deadlines",
            paramLabel = "N",
            defaultValue = "50000",
            description = "sla: how many deals become due at once, the warm-up among them (default: 50000).")
    private int deadlines;

    @Option(
            names = "--clocks",
            paramLabel = "N",
            defaultValue = "200000",
            description = "sla: how many clocks run when the calendar changes; a million take some 10 GB of disk"
                    + " (default: 200000).")
    private int clocks;

    @Override
    public Integer call() throws Exception {
        Map<String, Bench> benches = benches();
        // Kafka's clients log much, and all of it would go to standard output. Failures are thrown.
        LoggingSystem.get(BenchCommand.class.getClassLoader()).beforeInitialize();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        BenchReport report = new BenchReport();
        for (Map.Entry<String, Bench> each : benches.entrySet()) {
            Bench.Report result = each.getValue().run(line -> {
                err.println(line);
                err.flush();
            });
            report.add(each.getKey(), result.figures());
            result.table().forEach(out::println);
            out.flush();
            if (json != null) {
                // After each one, so that its figures are not lost if the next one fails.
                report.write(json);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** Checks the options before anything is started. */
    private Map<String, Bench> benches() {
        Set<String> names = new LinkedHashSet<>(wanted.isEmpty() ? ALL : wanted);
        if (runs < 1 || runs > 100) {
            throw wrong("--runs is 1 to 100, not " + runs + ".");
        }
        if (deals < 1 || deals > 10_000_000) {
            throw wrong("--deals is 1 to 10000000, not " + deals + ".");
        }
        if (overlap < 2 || overlap > 1_000_000) {
            throw wrong("--overlap is 2 to 1000000, not " + overlap + ".");
        }
        if (warmUp < 0 || warmUp > 90) {
            throw wrong("--warm-up is 0 to 90, not " + warmUp + ".");
        }
        if (secondProcessors != null && !secondProcessors.matches("[0-9]+([-,][0-9]+)*")) {
            throw wrong("--second-on is a list of processors, such as 1 or 2-3, not " + secondProcessors + ".");
        }
        if (rate < 10 || rate > 100_000) {
            throw wrong("--rate is 10 to 100000, not " + rate + ".");
        }
        if (reads < 1 || reads > 10_000) {
            throw wrong("--reads is 1 to 10000, not " + reads + ".");
        }
        if (seconds < 2 || seconds > 3600 || (long) rate * seconds > 2_000_000) {
            throw wrong("--seconds is 2 to 3600, and makes at most 2000000 events at the given --rate, not " + seconds
                    + ".");
        }
        if (stored < 100 || stored > 5_000_000) {
            throw wrong("--stored is 100 to 5000000, not " + stored + ".");
        }
        if (ledgerRows < 1 || ledgerRows > 100_000_000) {
            throw wrong("--ledger-rows is 1 to 100000000, not " + ledgerRows + ".");
        }
        if (deadlines < 10 || deadlines > 5_000_000) {
            throw wrong("--deadlines is 10 to 5000000, not " + deadlines + ".");
        }
        if (clocks < 10 || clocks > 10_000_000) {
            throw wrong("--clocks is 10 to 10000000, not " + clocks + ".");
        }
        if (json != null) {
            Path directory = json.toAbsolutePath().getParent();
            if (directory == null || !Files.isWritable(directory) || Files.isDirectory(json)) {
                throw wrong(json + " cannot be written: name a file in a directory you may write to.");
            }
        }
        checkOnly(names);
        Map<String, Bench> benches = new LinkedHashMap<>();
        for (String name : names) {
            benches.put(name, bench(name));
        }
        return benches;
    }

    private Bench bench(String name) {
        return switch (name) {
            case "intake" -> intake();
            case "growth" -> growth();
            case "delivery" ->
                new DeliveryBench(
                        new DeliveryPlan(3_000, 30_000, runs, seconds, 1_000, 10_000, 5, ledgerRows, seed), flags());
            case "sla" -> sla();
            case "console" -> new ConsoleBench(new ConsoleBench.Options(stored, QUESTIONS, seed));
            case "latency" -> new LatencyBench(LatencyPlan.of(rate, reads, seconds, seed), flags());
            default -> throw wrong("there is no benchmark '" + name + "'; there are: " + String.join(", ", ALL) + ".");
        };
    }

    /** Of a benchmark, what {@code --only} names; all if it names nothing of it. */
    private <E extends Enum<E>> Set<E> only(Class<E> type) {
        Set<E> named = EnumSet.noneOf(type);
        for (E each : type.getEnumConstants()) {
            if (only.stream().anyMatch(each.name()::equalsIgnoreCase)) {
                named.add(each);
            }
        }
        return named.isEmpty() ? EnumSet.allOf(type) : named;
    }

    private void checkOnly(Set<String> names) {
        List<String> known = new ArrayList<>();
        if (names.contains("intake")) {
            known.addAll(keys(Variant.class));
        }
        if (names.contains("sla")) {
            known.addAll(keys(SlaBench.Part.class));
        }
        for (String each : only) {
            if (!known.contains(each.toLowerCase(Locale.ROOT))) {
                throw wrong("--only: there is no '" + each + "'; there are: " + String.join(", ", known) + ".");
            }
        }
    }

    private Bench sla() {
        SlaBench.Sizes sizes =
                new SlaBench.Sizes(Duration.ofSeconds(5), deals, deadlines, FACTS_OF_ONE_DEAL, NEWEST_FACTS, clocks);
        return new SlaBench(new SlaBench.Options(
                only(SlaBench.Part.class), sizes, rate, seconds, runs, warmUp / 100.0, flags(), seed));
    }

    private Bench intake() {
        return new IntakeBench(new IntakeBench.Options(
                new DealWorkload(0, deals, seed, named(DealWorkload.Order.class, order, "--order"), overlap),
                runs,
                warmUp / 100.0,
                flags(),
                only(Variant.class),
                secondProcessors));
    }

    /** The collector that the launcher chose for this process, and the given flags; a given collector replaces the launcher's. */
    private List<String> flags() {
        List<String> all = new ArrayList<>();
        if (flags.stream().noneMatch(flag -> flag.endsWith("GC"))) {
            all.addAll(Machine.collectorFlags());
        }
        all.addAll(flags); // Of two that contradict each other the last one counts.
        return all;
    }

    private Bench growth() {
        return new GrowthBench(
                new GrowthBench.Options(stored / 100, stored, NEW_DEALS, runs, warmUp / 100.0, flags(), seed));
    }

    private static <E extends Enum<E>> List<String> keys(Class<E> type) {
        return List.of(type.getEnumConstants()).stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private <E extends Enum<E>> E named(Class<E> type, String name, String option) {
        List<String> known = keys(type);
        int index = known.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw wrong(option + ": there is no '" + name + "'; there are: " + String.join(", ", known) + ".");
        }
        return type.getEnumConstants()[index];
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
