package io.masterdeal.app.replay;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.app.replay.log.EventLog;
import io.masterdeal.app.replay.log.EventLogs;
import io.masterdeal.app.replay.log.EventShuffle;
import io.masterdeal.app.replay.log.LogProblem;
import io.masterdeal.app.report.Report;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Replays an event log into a running platform. */
public final class LogReplay {

    private static final int MAX_PROBLEMS_PRINTED = 20;

    private final PlatformAddresses platform;

    private final PrintWriter err;

    private final ProgressLine progress;

    private final boolean replayed;

    private final AtomicLong problems = new AtomicLong();

    /**
     * @param platform the platform
     * @param err for progress and problems
     * @param terminal whether {@code err} is a terminal
     */
    public LogReplay(PlatformAddresses platform, PrintWriter err, boolean terminal) {
        this(platform, err, terminal, true);
    }

    private LogReplay(PlatformAddresses platform, PrintWriter err, boolean terminal, boolean replayed) {
        this.replayed = replayed;
        this.platform = platform;
        this.err = err;
        this.progress = new ProgressLine(err, terminal);
    }

    /**
     * Sends events that are new: they are not marked as replayed, so that they have all their effects.
     *
     * @param platform the platform
     * @param err for problems
     */
    public static LogReplay ofNewEvents(PlatformAddresses platform, PrintWriter err) {
        return new LogReplay(platform, err, false, false);
    }

    /**
     * What to replay.
     *
     * @param log the event log; null if the mapping names it
     * @param mapping how it becomes events; null for a file of events
     * @param shuffle seed of a random order; null for that of the log
     * @param duplicates how many events in a hundred are sent twice
     * @param report where the report goes; null for none
     */
    public record Request(
            @Nullable Path log,
            @Nullable Path mapping,
            @Nullable Long shuffle,
            double duplicates,
            @Nullable Path report) {}

    /**
     * The result of a replay.
     *
     * @param sent events Kafka took
     * @param refused events the gateway refused
     * @param unreadable parts of the log that could not be read
     * @param deals deals in the report
     */
    public record Result(long sent, long refused, long unreadable, long deals) {
        /** Whether everything in the log was taken. */
        public boolean isComplete() {
            return refused == 0 && unreadable == 0;
        }
    }

    /**
     * Replays a log.
     *
     * @throws IOException if the log cannot be read or the report not written
     */
    public Result run(Request request) throws IOException, InterruptedException {
        if (platform.gateway() == null || platform.service() == null) {
            throw new PlatformException("a replay needs the gateway and the service; this platform does not run both");
        }
        PlatformClient service = new PlatformClient(platform.service(), ApiKeys.read(platform.apiKeys(), "reader"));
        long start = System.nanoTime();
        Path temporary = Files.createTempDirectory("masterdeal-replay");
        long unreadable;
        try (EventSender sender = new EventSender(platform.gateway(), platform.apiKeys(), replayed, this::tell);
                EventLog log = open(request, temporary)) {
            while (log.hasNext()) {
                sender.send(log.next());
                progress.show("sent", sender.taken(), log.total(), System.nanoTime() - start);
            }
            sender.finish();
            unreadable = log.problems();
            progress.finish("sent", sender.taken(), System.nanoTime() - start);
            new AccountingWait(service).await(sender.sentUpTo(), left -> {
                long done = sender.taken() - Math.min(left, sender.taken());
                progress.show("accounted for", done, OptionalLong.of(sender.taken()), System.nanoTime() - start);
            });
            progress.finish("accounted for", sender.taken(), System.nanoTime() - start);
            long deals = request.report() == null ? 0 : new Report(service).write(request.report());
            return new Result(sender.taken(), sender.refused(), unreadable, deals);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private EventLog open(Request request, Path temporary) throws IOException {
        EventLog log = EventLogs.open(request.log(), request.mapping(), this::tell);
        return request.shuffle() == null && request.duplicates() == 0
                ? log
                : EventShuffle.of(log, request.shuffle(), request.duplicates(), temporary);
    }

    private void tell(LogProblem problem) {
        tell(problem.message());
    }

    private void tell(String problem) {
        long number = problems.incrementAndGet();
        if (number <= MAX_PROBLEMS_PRINTED) {
            err.println(problem);
        } else if (number == MAX_PROBLEMS_PRINTED + 1) {
            err.println("... and more, which are counted but not printed");
        }
        err.flush();
    }
}
