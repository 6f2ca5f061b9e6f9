package io.masterdeal.benchmarks.intake;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.control.Recording;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.StatementSampler;
import io.masterdeal.benchmarks.workload.DealWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many events a second become facts, answers and canonical events, beside the control: a program that writes the same
 * and computes nothing. The variants run in turn, each several times on a platform of its own.
 */
public final class IntakeBench implements Bench {

    private static final int SHOWN_STATEMENTS = 40;

    private static final Set<Variant> NEED_RECORDING =
            EnumSet.of(Variant.CONTROL_1, Variant.CONTROL_2, Variant.BARE_SQL_1, Variant.BARE_SQL_2);

    private static final String METHOD =
            "MasterDeal's processes are there before the events, the control starts over full topics; the topics are filled in"
                    + " a few seconds. The clock starts when these are full and the warm-up share of the events is"
                    + " committed and stops when all of them are and the last canonical event lies in Kafka. Variants run"
                    + " in turn, each run on new servers; rates are medians. The ceiling is the control: it polls the same"
                    + " records without decoding them, writes the rows and indexes that MasterDeal wrote in the run just"
                    + " before, in the same transactions, on one or two connections, whichever is faster, and hands the same canonical events to"
                    + " the same relay.";

    private final Options options;

    private final Variants variants;

    private final Runs runs = new Runs();

    private Variants.@Nullable RecordedRun recordedRun;

    private final List<Map<String, Object>> recordings = new ArrayList<>();

    private List<StatementSampler.Share> profile = List.of();

    /**
     * What is to be run.
     *
     * @param workload the events
     * @param runs how many runs of each variant, 1 or more
     * @param warmUp how many events are done before the clock starts, as a share of all, 0 to 1
     * @param flags more flags of the Java virtual machines of the service and of the control
     * @param variants which of them run
     * @param secondProcessors where the second of two processes may run, as {@code taskset} takes them; null for where all
     *     others may
     */
    public record Options(
            DealWorkload workload,
            int runs,
            double warmUp,
            List<String> flags,
            Set<Variant> variants,
            @Nullable String secondProcessors) {

        /** Copies the collections. */
        public Options {
            flags = List.copyOf(flags);
            variants = Set.copyOf(variants);
        }

        boolean has(Variant variant) {
            return variants.contains(variant)
                    && !(variant == Variant.REVERSED && workload.order() == DealWorkload.Order.REVERSED);
        }

        boolean needRecording() {
            return variants.stream().anyMatch(NEED_RECORDING::contains);
        }
    }

    /** Makes one; nothing is started yet. */
    public IntakeBench(Options options) {
        this.options = options;
        this.variants = new Variants(options.warmUp(), options.flags());
    }

    @Override
    public Report run(Consumer<String> progress) throws Exception {
        Path directory = Files.createTempDirectory("masterdeal-recording-");
        // A benchmark that is interrupted leaves no recording behind either.
        Thread atExit = Thread.ofPlatform().name("recording-at-exit").unstarted(() -> remove(directory));
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            if (options.has(Variant.MASTERDEAL)) {
                progress.accept("intake: sampling which statements "
                        + options.workload().events() + " events need ...");
                profile = variants.profile(options.workload());
            }
            for (int run = 1; run <= options.runs(); run++) {
                if (options.needRecording()) {
                    Path recording = Files.createDirectory(directory.resolve("run-" + run));
                    recordedRun = variants.record(options.workload(), recording);
                    recordings.add(recording(recordedRun.recording()));
                }
                for (Variant variant : Variant.values()) {
                    if (options.has(variant)) {
                        Result result = run(variant);
                        runs.add(variant, result);
                        progress.accept("intake: run %d of %d, %s: %,.0f events/s"
                                .formatted(run, options.runs(), variant.title(), result.eventsPerSecond()));
                    }
                }
                remove(directory.resolve("run-" + run));
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
            remove(directory);
        }
        return new Report(figures(), table());
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }

    private Result run(Variant variant) throws Exception {
        DealWorkload workload = options.workload();
        return switch (variant) {
            case MASTERDEAL -> recordedRun == null ? variants.masterDeal(workload) : recordedRun.result();
            case TWO_PROCESSES -> variants.twoProcesses(workload, false, options.secondProcessors());
            case TWO_SHARING -> variants.twoProcesses(workload, true, options.secondProcessors());
            case REVERSED ->
                variants.masterDeal(new DealWorkload(
                        workload.firstDeal(),
                        workload.deals(),
                        workload.seed(),
                        DealWorkload.Order.REVERSED,
                        workload.overlap()));
            case CONTROL_1 -> variants.control(workload, recorded(), 1);
            case CONTROL_2 -> variants.control(workload, recorded(), 2);
            case BARE_SQL_1 -> variants.bareSql(recorded(), 1);
            case BARE_SQL_2 -> variants.bareSql(recorded(), 2);
        };
    }

    private Variants.RecordedRun recorded() {
        return Objects.requireNonNull(recordedRun, "nothing was recorded");
    }

    private @Nullable Variant control() {
        return runs.fastest(Variant.CONTROL_1, Variant.CONTROL_2);
    }

    private Map<String, @Nullable Object> figures() {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        Double intake = runs.rate(Variant.MASTERDEAL);
        Double ceiling = runs.rate(control());
        Double reversed = runs.rate(Variant.REVERSED);
        Result median = runs.median(Variant.MASTERDEAL);
        figures.put("method", METHOD);
        figures.put("workload", workload());
        figures.put("intake_events_per_second", intake);
        figures.put("ceiling_events_per_second", ceiling);
        figures.put("ratio", ratio(intake, ceiling));
        figures.put("ceiling_contender", key(control()));
        Variant bare = runs.fastest(Variant.BARE_SQL_1, Variant.BARE_SQL_2);
        figures.put("bare_sql_events_per_second", runs.rate(bare));
        figures.put("bare_sql_contender", key(bare));
        figures.put("reversed_events_per_second", reversed);
        figures.put("reversed_ratio", ratio(reversed, intake));
        Double both = runs.rate(Variant.TWO_PROCESSES);
        figures.put("two_processes_events_per_second", both);
        figures.put("two_processes_ratio", ratio(both, intake));
        Double sharing = runs.rate(Variant.TWO_SHARING);
        figures.put("two_sharing_events_per_second", sharing);
        figures.put("two_sharing_ratio", ratio(sharing, intake));
        figures.put(
                "canonical_events_per_event",
                median == null
                        ? null
                        : (double) median.canonicalEvents() / options.workload().events());
        figures.put("cpu_seconds_per_event", runs.cpuPerEvent());
        figures.put("runs", runs.figures());
        figures.put("tapes", recordings);
        figures.put(
                "profile",
                profile.stream().limit(SHOWN_STATEMENTS).map(IntakeBench::share).toList());
        return figures;
    }

    private static @Nullable String key(@Nullable Variant variant) {
        return variant == null ? null : variant.key();
    }

    private static @Nullable Double ratio(@Nullable Double part, @Nullable Double whole) {
        return part == null || whole == null ? null : part / whole;
    }

    private Map<String, Object> workload() {
        Map<String, Object> workload = new LinkedHashMap<>();
        workload.put("deals", options.workload().deals());
        workload.put("events", options.workload().events());
        workload.put("seed", options.workload().seed());
        workload.put("order", options.workload().order().name());
        workload.put("overlap", options.workload().overlap());
        workload.put("partitions_of_a_topic", MeasuredPlatform.PARTITIONS);
        workload.put("warm_up_share", options.warmUp());
        workload.put("runs", options.runs());
        workload.put("jvm_flags", options.flags());
        workload.put("second_process_on_processors", options.secondProcessors());
        return workload;
    }

    private static Map<String, Object> recording(Recording recording) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("transactions", recording.transactions());
        figures.put("events", recording.events());
        figures.put("rows", recording.rows());
        figures.put("canonical_events", recording.messages());
        return figures;
    }

    private static Map<String, Object> share(StatementSampler.Share share) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("statement", share.statement());
        entry.put("share", share.share());
        return entry;
    }

    private List<String> table() {
        List<String> lines = new ArrayList<>();
        DealWorkload workload = options.workload();
        lines.add("intake: %,d events of %,d deals, overlap %d, seed %d, %s, median of %d"
                .formatted(
                        workload.events(),
                        workload.deals(),
                        workload.overlap(),
                        workload.seed(),
                        workload.order(),
                        options.runs()));
        lines.addAll(runs.table(runs.rate(control())));
        Double late = ratio(runs.rate(Variant.REVERSED), runs.rate(Variant.MASTERDEAL));
        if (late != null) {
            lines.add("every event late: %.0f %% of the rate in order".formatted(100 * late));
        }
        return lines;
    }
}
