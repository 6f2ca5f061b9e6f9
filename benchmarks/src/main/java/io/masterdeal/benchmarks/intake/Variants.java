package io.masterdeal.benchmarks.intake;

import io.masterdeal.benchmarks.control.ControlProcess;
import io.masterdeal.benchmarks.control.EndState;
import io.masterdeal.benchmarks.control.Recording;
import io.masterdeal.benchmarks.control.WalRecorder;
import io.masterdeal.benchmarks.platform.Machine;
import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import io.masterdeal.benchmarks.platform.MeasuredRole;
import io.masterdeal.benchmarks.platform.StatementSampler;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.benchmarks.workload.TopicLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the variants, each on a platform of its own. MasterDeal's processes, one or two, start before there are events, so that
 * they differ in nothing but their number; the control starts on full topics.
 */
final class Variants {

    private static final String GROUP = "masterdeal-service";

    /** A service that only makes the tables, relays and answers. */
    private static final Map<String, String> NO_INTAKE = Map.of("masterdeal.intake.enabled", "false");

    private final double warmUp;

    private final List<String> flags;

    private final Map<String, String> settings;

    /**
     * @param warmUp how many events are done before the clock starts, as a share of all, 0 to 1
     * @param flags more flags of the Java virtual machines of the service and of the control
     */
    Variants(double warmUp, List<String> flags) {
        this(warmUp, flags, Map.of());
    }

    /**
     * @param warmUp how many events are done before the clock starts, as a share of all, 0 to 1
     * @param flags more flags of the Java virtual machines of the service and of the control
     * @param settings of the service if it runs as one process, besides those of the platform
     */
    Variants(double warmUp, List<String> flags, Map<String, String> settings) {
        this.warmUp = warmUp;
        this.flags = List.copyOf(flags);
        this.settings = Map.copyOf(settings);
    }

    /**
     * A run of MasterDeal that the control can follow.
     *
     * @param result its result
     * @param recording what it wrote, transaction by transaction
     * @param endState what it left behind
     */
    record RecordedRun(Result result, Recording recording, EndState endState) {}

    /** MasterDeal itself. */
    Result masterDeal(DealWorkload workload) throws InterruptedException, ExecutionException, SQLException {
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            prepare(platform);
            return takeIn(platform, workload, load);
        }
    }

    /**
     * Two processes of MasterDeal; the clock starts when the warm-up of both together is done.
     *
     * @param shared whether they share the partitions; if not, one stands by
     * @param processors where the second one may run, as {@code taskset} takes them; null for where the first one may
     */
    Result twoProcesses(DealWorkload workload, boolean shared, @Nullable String processors)
            throws InterruptedException, ExecutionException, SQLException {
        Map<String, String> settings = Map.of("masterdeal.intake.shared", Boolean.toString(shared));
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            prepare(platform);
            try (MeasuredRole first = MeasuredRole.service(platform, settings, flags);
                    MeasuredRole second = MeasuredRole.service(platform, settings, flags, processors)) {
                return takeIn(
                        platform, workload, load, Map.of("service", first.handle(), "service_2", second.handle()));
            }
        }
    }

    /**
     * MasterDeal itself, recorded: the write-ahead log is kept during the run and decoded after it.
     *
     * @param directory where the recording's files are put
     */
    RecordedRun record(DealWorkload workload, Path directory)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            WalRecorder recorder = prepare(platform);
            Result result = takeIn(platform, workload, load);
            Recording recording = recorder.finish(directory);
            return new RecordedRun(result, recording, recording.endState(platform));
        }
    }

    /** Which statements MasterDeal spends its time in. Sampling costs time, so this run is no measurement. */
    List<StatementSampler.Share> profile(DealWorkload workload)
            throws InterruptedException, ExecutionException, SQLException {
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            prepare(platform);
            try (StatementSampler sampler = StatementSampler.start(platform)) {
                takeIn(platform, workload, 0);
                return sampler.shares();
            }
        }
    }

    private Result takeIn(MeasuredPlatform platform, DealWorkload workload, double load)
            throws InterruptedException, ExecutionException, SQLException {
        try (MeasuredRole service = MeasuredRole.service(platform, settings, flags)) {
            return takeIn(platform, workload, load, Map.of("service", service.handle()));
        }
    }

    private Result takeIn(
            MeasuredPlatform platform, DealWorkload workload, double load, Map<String, ProcessHandle> services)
            throws InterruptedException, ExecutionException, SQLException {
        try (Progress progress = new Progress(platform, GROUP)) {
            progress.awaitMembers(services.size());
            TopicLoader.load(platform, workload);
            return new Stopwatch(platform, services, load)
                    .untilPublished(progress::committed, progress.inTopics(), warmUp, progress::canonical);
        }
    }

    /** Makes the tables and begins to keep the log: in each run, decoded or not, so that all bear the same cost. */
    private static WalRecorder prepare(MeasuredPlatform platform) throws SQLException {
        platform.makeTables();
        return WalRecorder.begin(platform);
    }

    /**
     * The control: the same events from Kafka, the same rows, the same relay, and no model.
     *
     * @throws IllegalStateException if it did not leave the same behind as the recorded run
     */
    Result control(DealWorkload workload, RecordedRun recordedRun, int connections)
            throws InterruptedException, ExecutionException, SQLException {
        Recording recording = recordedRun.recording();
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            prepare(platform);
            TopicLoader.load(platform, workload);
            Result result;
            try (MeasuredRole relay = MeasuredRole.service(platform, NO_INTAKE, flags);
                    ControlProcess control = ControlProcess.start(
                            platform, recording, new ControlProcess.Mode(connections, true), flags);
                    Progress progress = new Progress(platform, GROUP)) {
                Stopwatch.Count committed = () -> {
                    control.throwIfFailed();
                    return progress.committed();
                };
                result = new Stopwatch(platform, Map.of("control", control.handle(), "relay", relay.handle()), load)
                        .untilPublished(committed, progress.inTopics(), warmUp, progress::canonical);
            }
            recordedRun.endState().throwUnlessSame(recording.endState(platform));
            return result;
        }
    }

    /**
     * The same rows alone, without Kafka and relay.
     *
     * @throws IllegalStateException if it did not leave the same rows behind as the recorded run
     */
    Result bareSql(RecordedRun recordedRun, int connections)
            throws InterruptedException, ExecutionException, SQLException {
        Recording recording = recordedRun.recording();
        double load = Machine.loadAverage();
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            prepare(platform);
            Result result;
            try (ControlProcess control =
                    ControlProcess.start(platform, recording, new ControlProcess.Mode(connections, false), flags)) {
                result = new Stopwatch(platform, Map.of("control", control.handle()), load)
                        .untilWritten(control::done, recording.events(), warmUp);
            }
            recordedRun.endState().throwUnlessSameRows(recording.endState(platform));
            return result;
        }
    }
}
