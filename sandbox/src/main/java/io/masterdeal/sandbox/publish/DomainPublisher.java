package io.masterdeal.sandbox.publish;

import io.masterdeal.sandbox.fault.FaultInjection;
import io.masterdeal.sandbox.fault.FaultInjection.EventFault;
import io.masterdeal.sandbox.publish.GatewayDoor.Verdict;
import io.masterdeal.sandbox.publish.Ledger.Line;
import io.masterdeal.sandbox.system.Emission;
import io.masterdeal.sandbox.system.Outbox;
import io.masterdeal.worker.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one domain, in order, until the gateway takes or refuses them; and loses, doubles, swaps and delays some as
 * the domain's {@link FaultInjection} says.
 */
final class DomainPublisher implements Outbox, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainPublisher.class);
    private static final int BATCH = 50;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 3000;
    private static final long AWAY_PAUSE_MS = 50;

    private final String domain;
    private final GatewayDoor gateway;
    private final FaultInjection faults;
    private final Ledger ledger;
    private final Queue queue;
    private final Clock clock;
    private @Nullable Thread thread;

    DomainPublisher(
            String domain, GatewayDoor gateway, FaultInjection faults, Ledger ledger, Queue queue, Clock clock) {
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

    /** Events and copies that are not out. */
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
        int most = BATCH;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (faults.isDown(clock.millis())) {
                    TimeUnit.MILLISECONDS.sleep(AWAY_PAUSE_MS);
                    continue;
                }
                List<Line> batch = queue.take(most, IDLE);
                if (batch.isEmpty()) {
                    continue;
                }
                List<Verdict> verdicts = send(batch);
                if (verdicts.isEmpty()) {
                    queue.back(batch);
                    most = 1;
                } else if (settle(batch, verdicts)) {
                    pause = FIRST_PAUSE_MS;
                    most = BATCH;
                } else {
                    TimeUnit.MILLISECONDS.sleep(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong, the events are not lost and the thread lives on. */
    private List<Verdict> send(List<Line> batch) throws InterruptedException {
        try {
            return gateway.send(batch);
        } catch (RuntimeException e) {
            LOG.error("Events of {} could not be sent; they are sent again", domain, e);
            return batch.stream().<Verdict>map(line -> new Verdict.Again()).toList();
        }
    }

    /** Notes what became of a batch; false if something has to be sent again. */
    private boolean settle(List<Line> batch, List<Verdict> verdicts) {
        var again = new ArrayList<Line>();
        for (int i = 0; i < batch.size(); i++) {
            Line line = batch.get(i);
            switch (verdicts.get(i)) {
                case Verdict.Taken _ -> ledger.taken(line, clock.millis());
                case Verdict.Again _ -> again.add(line);
                case Verdict.Refused refused -> {
                    ledger.refused(line, refused.why());
                    LOG.warn(
                            "The gateway refused event {} of {}: {}",
                            line.emission().id(),
                            domain,
                            refused.why());
                }
            }
        }
        queue.back(again);
        queue.done(batch.size() - again.size());
        return again.isEmpty();
    }
}
