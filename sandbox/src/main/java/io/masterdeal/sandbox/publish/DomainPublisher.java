package io.masterdeal.sandbox.publish;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiProblem;
import io.masterdeal.client.CloudEvent;
import io.masterdeal.client.EventClient;
import io.masterdeal.client.PublishResult;
import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import io.masterdeal.sandbox.fault.FaultInjection;
import io.masterdeal.sandbox.fault.FaultInjection.EventFault;
import io.masterdeal.sandbox.publish.Ledger.Line;
import io.masterdeal.sandbox.system.Emission;
import io.masterdeal.sandbox.system.Outbox;
import io.masterdeal.worker.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one domain, in order, until the gateway accepts or refuses them. Loses, duplicates, reorders and delays some as
 * the {@link FaultInjection} of the domain decides.
 */
final class DomainPublisher implements Outbox, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainPublisher.class);
    private static final int BATCH = 50;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 3000;
    private static final long AWAY_PAUSE_MS = 50;
    private static final int MAX_REASON = 1000;

    private final String domain;
    private final EventClient gateway;
    private final FaultInjection faults;
    private final Ledger ledger;
    private final Queue queue;
    private final Clock clock;
    private @Nullable Thread thread;
    private boolean waits;

    DomainPublisher(
            String domain, EventClient gateway, FaultInjection faults, Ledger ledger, Queue queue, Clock clock) {
        this.domain = domain;
        this.gateway = gateway;
        this.faults = faults;
        this.ledger = ledger;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public void emit(Emission emission) {
        Line line = ledger.add(emission);
        EventFault fault = faults.nextEvent();
        if (fault.lost()) {
            ledger.lost(line);
        } else {
            ledger.misplaced(
                    fault.duplicate().isPositive(),
                    fault.overtakenBy() > 0,
                    fault.delay().isPositive());
            queue.add(line, fault);
        }
    }

    /** Events and copies that are not sent yet. */
    int unsent() {
        return queue.open();
    }

    void start() {
        Thread started = Workers.virtual("sandbox-publisher-" + domain, this);
        thread = started;
        started.start();
    }

    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        long pause = FIRST_PAUSE_MS;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (faults.isDown(clock.millis())) {
                    TimeUnit.MILLISECONDS.sleep(AWAY_PAUSE_MS);
                    continue;
                }
                List<Line> batch = queue.take(BATCH, IDLE);
                if (batch.isEmpty()) {
                    continue;
                }
                if (settle(batch, send(batch))) {
                    pause = FIRST_PAUSE_MS;
                } else {
                    TimeUnit.MILLISECONDS.sleep(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After any failure the events are kept and the thread continues. */
    private List<PublishResult> send(List<Line> batch) throws InterruptedException {
        try {
            return gateway.publish(batch.stream()
                    .map(line -> CloudEvent.json(line.emission().json()))
                    .toList());
        } catch (RuntimeException e) {
            LOG.error("Events of {} could not be sent and will be retried", domain, e);
            return Collections.nCopies(batch.size(), new Undecided(new ApiException(String.valueOf(e), e)));
        }
    }

    /** Records the result of a batch; false if something has to be sent again. */
    private boolean settle(List<Line> batch, List<PublishResult> results) {
        var again = new ArrayList<Line>();
        for (int i = 0; i < batch.size(); i++) {
            Line line = batch.get(i);
            switch (results.get(i)) {
                case Accepted _ -> ledger.taken(line, clock.millis());
                case Undecided undecided -> {
                    again.add(line);
                    if (!waits) {
                        waits = true;
                        LOG.warn(
                                "Events of {} wait and are sent again: {}",
                                domain,
                                undecided.cause().getMessage());
                    }
                }
                case Rejected rejected -> {
                    String why = why(rejected.problem());
                    ledger.refused(line, why);
                    LOG.warn(
                            "The gateway refused event {} of {}: {}",
                            line.emission().id(),
                            domain,
                            why);
                }
            }
        }
        queue.back(again);
        queue.done(batch.size() - again.size());
        waits &= !again.isEmpty();
        return again.isEmpty();
    }

    private static String why(ApiProblem problem) {
        String why = problem.status() + " " + (problem.json().isEmpty() ? problem.detail() : problem.json());
        return why.substring(0, Math.min(why.length(), MAX_REASON));
    }
}
