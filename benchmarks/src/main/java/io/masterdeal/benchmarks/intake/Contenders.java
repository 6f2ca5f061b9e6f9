package io.masterdeal.benchmarks.intake;

import io.masterdeal.benchmarks.control.ControlProcess;
import io.masterdeal.benchmarks.control.Leftover;
import io.masterdeal.benchmarks.control.Tape;
import io.masterdeal.benchmarks.control.TapeRecorder;
import io.masterdeal.benchmarks.stand.Machine;
import io.masterdeal.benchmarks.stand.RoleProcess;
import io.masterdeal.benchmarks.stand.Stand;
import io.masterdeal.benchmarks.stand.StatementSampler;
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
 * Those whose intake is measured, each on a stand of its own. MasterDeal's processes are there before there are events, be it one
 * or two, so that they differ in nothing but their number; the control starts over topics that are full.
 */
final class Contenders {

    private static final String GROUP = "masterdeal-service";

    /** A service that only makes the tables, relays and answers. */
    private static final Map<String, String> NO_INTAKE = Map.of("masterdeal.intake.enabled", "false");

    private final double warmUp;

    private final List<String> flags;

    /**
     * @param warmUp how many events are done before the clock starts, as a share of all, 0 to 1
     * @param flags more flags of the Java virtual machines of the service and of the control
     */
    Contenders(double warmUp, List<String> flags) {
        this.warmUp = warmUp;
        this.flags = List.copyOf(flags);
    }

    /**
     * A run of MasterDeal that the control can follow.
     *
     * @param result what it came to
     * @param tape what it wrote, transaction by transaction
     * @param leftover what lay there in the end
     */
    record Recording(Result result, Tape tape, Leftover leftover) {}

    /** MasterDeal itself. */
    Result masterDeal(DealWorkload workload) throws InterruptedException, ExecutionException, SQLException {
        double load = Machine.loadAverage();
        try (Stand stand = Stand.start()) {
            prepare(stand);
            return takeIn(stand, workload, load);
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
        try (Stand stand = Stand.start()) {
            prepare(stand);
            try (RoleProcess first = RoleProcess.service(stand, settings, flags);
                    RoleProcess second = RoleProcess.service(stand, settings, flags, processors)) {
                return takeIn(stand, workload, load, Map.of("service", first.handle(), "service_2", second.handle()));
            }
        }
    }

    /**
     * MasterDeal itself, recorded: only after the run the write-ahead log is decoded, which is kept meanwhile.
     *
     * @param directory where the tape is put
     */
    Recording record(DealWorkload workload, Path directory)
            throws InterruptedException, ExecutionException, SQLException, IOException {
        double load = Machine.loadAverage();
        try (Stand stand = Stand.start()) {
            TapeRecorder recorder = prepare(stand);
            Result result = takeIn(stand, workload, load);
            Tape tape = recorder.finish(directory);
            return new Recording(result, tape, tape.leftover(stand));
        }
    }

    /** Which statements MasterDeal is busy with. To look costs time, so this run is no measurement. */
    List<StatementSampler.Share> profile(DealWorkload workload)
            throws InterruptedException, ExecutionException, SQLException {
        try (Stand stand = Stand.start()) {
            prepare(stand);
            try (StatementSampler sampler = StatementSampler.start(stand)) {
                takeIn(stand, workload, 0);
                return sampler.shares();
            }
        }
    }

    private Result takeIn(Stand stand, DealWorkload workload, double load)
            throws InterruptedException, ExecutionException, SQLException {
        try (RoleProcess service = RoleProcess.service(stand, Map.of(), flags)) {
            return takeIn(stand, workload, load, Map.of("service", service.handle()));
        }
    }

    private Result takeIn(Stand stand, DealWorkload workload, double load, Map<String, ProcessHandle> services)
            throws InterruptedException, ExecutionException, SQLException {
        try (Progress progress = new Progress(stand, GROUP)) {
            progress.awaitMembers(services.size());
            TopicLoader.load(stand, workload);
            return new Stopwatch(stand, services, load)
                    .untilPublished(progress::committed, progress.told(), warmUp, progress::canonical);
        }
    }

    /** Makes the tables and begins to keep the log, in each run alike, whether anybody is going to decode it or not. */
    private static TapeRecorder prepare(Stand stand) throws SQLException {
        stand.makeTables();
        return TapeRecorder.begin(stand);
    }

    /**
     * The control: the same events from Kafka, the same rows, the same relay, and no model.
     *
     * @throws IllegalStateException if it did not leave the same behind as the recorded run
     */
    Result control(DealWorkload workload, Recording recording, int connections)
            throws InterruptedException, ExecutionException, SQLException {
        Tape tape = recording.tape();
        double load = Machine.loadAverage();
        try (Stand stand = Stand.start()) {
            prepare(stand);
            TopicLoader.load(stand, workload);
            Result result;
            try (RoleProcess relay = RoleProcess.service(stand, NO_INTAKE, flags);
                    ControlProcess control =
                            ControlProcess.start(stand, tape, new ControlProcess.Way(connections, true), flags);
                    Progress progress = new Progress(stand, GROUP)) {
                Stopwatch.Count committed = () -> {
                    control.throwIfFailed();
                    return progress.committed();
                };
                result = new Stopwatch(stand, Map.of("control", control.handle(), "relay", relay.handle()), load)
                        .untilPublished(committed, progress.told(), warmUp, progress::canonical);
            }
            recording.leftover().throwUnlessSame(tape.leftover(stand));
            return result;
        }
    }

    /**
     * The same rows alone, without Kafka and relay.
     *
     * @throws IllegalStateException if it did not leave the same rows behind as the recorded run
     */
    Result bareSql(Recording recording, int connections) throws InterruptedException, ExecutionException, SQLException {
        Tape tape = recording.tape();
        double load = Machine.loadAverage();
        try (Stand stand = Stand.start()) {
            prepare(stand);
            Result result;
            try (ControlProcess control =
                    ControlProcess.start(stand, tape, new ControlProcess.Way(connections, false), flags)) {
                result = new Stopwatch(stand, Map.of("control", control.handle()), load)
                        .untilWritten(control::done, tape.events(), warmUp);
            }
            recording.leftover().throwUnlessSameRows(tape.leftover(stand));
            return result;
        }
    }
}
