package io.masterdeal.service.whatif;

import io.masterdeal.facts.whatif.ChangedDeal;
import io.masterdeal.facts.whatif.RuleTrial;
import io.masterdeal.facts.whatif.TrialFindings;
import io.masterdeal.worker.WorkerDeaths;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on one job, over the connection that holds the {@link JobLock}: if it breaks, the job has failed. */
final class JobRun {

    private static final Logger log = LoggerFactory.getLogger(JobRun.class);

    private static final long LONGEST_PAUSE_MS = 10_000;

    private final UUID id;

    private final JobRequest request;

    private final BooleanSupplier isBusy;

    private final CountDownLatch stopped;

    private final Clock clock;

    /**
     * A run.
     *
     * @param isBusy whether events were taken in since it was asked last
     * @param stopped when this process ends
     */
    JobRun(UUID id, JobRequest request, BooleanSupplier isBusy, CountDownLatch stopped, Clock clock) {
        this.id = id;
        this.request = request;
        this.isBusy = isBusy;
        this.stopped = stopped;
        this.clock = clock;
    }

    /** Runs to the end, and closes the connection. */
    void run(Connection connection) {
        try (connection) {
            try {
                judgeAll(connection);
            } catch (SQLException | RuntimeException | StackOverflowError e) {
                WorkerDeaths.throwIfFatal(e);
                log.warn("what-if job {} failed", id, e);
                new JobTable(connection).end(id, "failed", null, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                JobLock.release(connection);
            }
        } catch (SQLException e) {
            // The lock has gone with the connection, so the job is told as interrupted.
            log.warn("the connection of what-if job {} was lost: {}", id, e.toString());
        }
    }

    private void judgeAll(Connection connection) throws SQLException, InterruptedException {
        JobTable table = new JobTable(connection);
        RuleTrial trial = new RuleTrial(request.present(), request.tried().rules(), request.filter());
        TrialFindings findings = new TrialFindings();
        Instant first = clock.instant();
        Instant last = first;
        boolean stop = false;
        while (!trial.isEnded() && !stop) {
            long begun = System.nanoTime();
            List<ChangedDeal> changes = trial.next(connection, findings);
            last = clock.instant();
            stop = table.add(id, changes, findings.looked());
            long pause =
                    isBusy.getAsBoolean() && !trial.isEnded() ? pause(Duration.ofNanos(System.nanoTime() - begun)) : 0;
            if (stopped.await(pause, TimeUnit.MILLISECONDS)) {
                table.end(id, JobView.INTERRUPTED, null, null);
                return;
            }
        }
        table.end(id, trial.isEnded() ? "done" : "stopped", ReportView.of(findings, first, last), null);
    }

    /** While events are taken in, at most half of the time is worked. */
    static long pause(Duration took) {
        return Math.clamp(took.toMillis(), 1, LONGEST_PAUSE_MS);
    }
}
