package io.masterdeal.service.whatif;

import io.masterdeal.facts.FactStore;
import io.masterdeal.facts.whatif.RuleTrial;
import io.masterdeal.service.intake.IntakeLifecycle;
import io.masterdeal.worker.Workers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Begins jobs, one at a time in all processes of the schema, and deletes those of more than a week ago. */
@Component
class WhatIfJobs implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(WhatIfJobs.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DataSource dataSource;

    private final FactStore store;

    private final IntakeLifecycle intake;

    private final Clock clock;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final ScheduledExecutorService hourly;

    private @Nullable Thread worker;

    WhatIfJobs(DataSource dataSource, FactStore store, IntakeLifecycle intake, Clock clock) {
        this.dataSource = dataSource;
        this.store = store;
        this.intake = intake;
        this.clock = clock;
        this.hourly = Workers.scheduled("what-if-cleaner");
        var _ = hourly.scheduleWithFixedDelay(this::deleteOld, 1, 60, TimeUnit.MINUTES);
    }

    /**
     * Begins a job.
     *
     * @return its id; empty if another one runs, here or in another process
     * @throws SQLException if PostgreSQL is out of reach
     */
    synchronized Optional<UUID> begin(JobRequest request) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean begun = false;
        try {
            if (!JobLock.take(connection)) {
                return Optional.empty();
            }
            UUID id = UUID.randomUUID();
            JobTable table = new JobTable(connection);
            table.endOthers();
            table.begin(id, request, RuleTrial.total(connection));
            JobRun run = new JobRun(id, request, isBusy(), stopped, clock);
            worker = Workers.daemon("what-if", () -> run.run(connection));
            worker.start();
            begun = true;
            return Optional.of(id);
        } finally {
            if (!begun) {
                giveBack(connection);
            }
        }
    }

    /** The lock may be held or not. */
    private static void giveBack(Connection connection) throws SQLException {
        try (connection) {
            JobLock.release(connection);
        }
    }

    /** Of other processes it is not known how busy they are, so they count as busy. */
    private BooleanSupplier isBusy() {
        long[] seen = {store.additionsBegun()};
        return () -> {
            long now = store.additionsBegun();
            boolean busy = now > seen[0] || store.isAdding() || intake.state() != IntakeLifecycle.State.READING;
            seen[0] = now;
            return busy;
        };
    }

    /** Has a job end soon, if it still runs; in whichever process. */
    void stop(UUID id) {
        JdbcClient.create(dataSource)
                .sql("UPDATE what_if_jobs SET stop = true WHERE id = ? AND state = 'running'")
                .param(id)
                .update();
    }

    private void deleteOld() {
        try (Connection connection = dataSource.getConnection()) {
            new JobTable(connection).deleteOld();
        } catch (SQLException | RuntimeException e) {
            log.warn("old what-if jobs cannot be deleted now; trying again in an hour: {}", e.toString());
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        stopped.countDown();
        hourly.shutdownNow();
        Thread working = worker;
        if (working != null) {
            working.join(PATIENCE);
        }
    }
}
