package io.masterdeal.effects;

import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends effects. One thread, which is woken when new ones are committed, claims no more than can be sent at once, and each is
 * sent by a thread of its own; later attempts come as tasks of the queue. Several processes may do so on one database.
 *
 * <p>From time to time that thread looks for effects of which no wake-up and no task will tell: those of a process that was
 * killed after it committed them, or while it had leased them, and those whose task was lost with a broker or never stored
 * because the queue was not open.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private static final long FIRST_PAUSE_MS = 200;

    private static final long LONGEST_PAUSE_MS = 5_000;

    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** Answers to the request to close a task that is not open any more, or not there. */
    private static final Set<Integer> NOT_OPEN = Set.of(404, 409, 410);

    private final EffectClaims claims;

    private final EffectTable table;

    private final @Nullable GatewayClient gateway;

    private final Retries retries;

    private final EffectMeters meters;

    private final int atOnce;

    private final Duration sweep;

    private final Semaphore free;

    private final Semaphore wake = new Semaphore(0);

    private final ExecutorService senders = Workers.perTask("effect-sender-");

    private final Thread thread = Workers.platform("effect-dispatcher", this::run);

    private volatile boolean stopped;

    /**
     * @param gateway sends; null if there is none, and then the claims give nothing out
     * @param atOnce how many requests may be on their way at once
     * @param sweep how often to look for effects that were left behind
     */
    Dispatcher(
            EffectClaims claims,
            EffectTable table,
            @Nullable GatewayClient gateway,
            Retries retries,
            EffectMeters meters,
            int atOnce,
            Duration sweep) {
        if (atOnce < 1 || atOnce > 64) {
            throw new IllegalArgumentException("masterdeal.effects.at-once is 1 to 64, not " + atOnce);
        }
        this.claims = claims;
        this.table = table;
        this.gateway = gateway;
        this.retries = retries;
        this.meters = meters;
        this.atOnce = atOnce;
        this.sweep = sweep;
        this.free = new Semaphore(atOnce);
    }

    void start() {
        thread.start();
    }

    /** There may be something to send. */
    void wake() {
        wake.release();
    }

    private void run() {
        long trouble = FIRST_PAUSE_MS;
        try {
            while (!stopped) {
                long pause;
                try {
                    pause = takeAndSend() ? 0 : sweep.toMillis();
                    trouble = FIRST_PAUSE_MS;
                } catch (RuntimeException e) {
                    // Whatever the cause: the rows stay, and the next try may succeed.
                    pause = trouble;
                    trouble = Math.min(2 * trouble, LONGEST_PAUSE_MS);
                    log.warn("effects cannot be taken now, tried again in {} ms: {}", pause, e.toString());
                }
                if (pause > 0 && wake.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes as many as can be sent now. Returns whether there were any. */
    private boolean takeAndSend() throws InterruptedException {
        free.acquire();
        int permits = 1 + free.drainPermits();
        try {
            EffectClaims.Round round = claims.take(permits);
            for (ClaimedEffect claimed : round.claimed()) {
                senders.execute(() -> {
                    try {
                        send(claimed);
                    } finally {
                        free.release();
                    }
                });
                permits--;
            }
            return round.looked() > 0;
        } finally {
            free.release(permits);
        }
    }

    /**
     * Makes the attempt of a task, and waits for its result. If the effect is not due there is nothing to do: another task was
     * quicker, or the process that leased it was killed and the lease has not ended, which the sweep notices.
     *
     * @return whether there is such an effect
     */
    boolean attempt(UUID effect) throws InterruptedException {
        if (!free.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("as many requests are under way as there may be");
        }
        try {
            EffectClaims.Round round = claims.take(effect);
            round.claimed().forEach(this::send);
            return round.looked() > 0 || table.exists(effect);
        } finally {
            free.release();
        }
    }

    private void send(ClaimedEffect claimed) {
        try {
            if (gateway != null) {
                meters.attempted();
                settle(claimed, gateway.send(claimed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // When the lease ends it is sent again with the same key.
            log.warn("the result of effect {} cannot be stored: {}", claimed.id(), e.toString());
        }
    }

    private void settle(ClaimedEffect claimed, Reply reply) {
        switch (reply) {
            case Reply.Taken taken when claimed.isMaking() -> made(claimed, taken.task());
            case Reply.Taken _ -> done(claimed);
            case Reply.Refused refused
            when claimed.isClosing() && NOT_OPEN.contains(refused.status()) -> {
                done(claimed);
                table.note(claimed.id(), refused.error());
            }
            // The attempt was for what is not wanted any more, so nothing follows from its failure.
            case Reply _ when claimed.task() != null && table.isOvertaken(claimed) -> wake();
            case Reply.Refused refused -> fail(claimed, Reasons.REFUSED, refused.error());
            case Reply.NoRoute none -> {
                if (table.suppressed(claimed, Reasons.NO_ROUTE, none.error())) {
                    meters.entered(EffectState.SUPPRESSED, 1);
                    log.info("effect {} is suppressed: {}", claimed.id(), none.error());
                }
            }
            case Reply.Later later -> {
                if (claimed.attempt() >= retries.attempts()) {
                    fail(claimed, Reasons.GAVE_UP, later.error());
                } else {
                    Duration pause = retries.pause(claimed.attempt(), later.after());
                    log.info("effect {} is tried again in {} ms: {}", claimed.id(), pause.toMillis(), later.error());
                    claims.again(claimed, pause, later.error());
                }
            }
        }
    }

    private void done(ClaimedEffect claimed) {
        if (table.done(claimed)) {
            meters.entered(EffectState.DONE, 1);
        }
    }

    private void made(ClaimedEffect claimed, @Nullable String key) {
        if (key == null && EffectTable.CLOSED.equals(claimed.wanted())) {
            fail(claimed, Reasons.NO_KEY, "the answer does not tell the key of the task");
            return;
        }
        table.made(claimed, key).ifPresent(wanted -> {
            if (wanted.equals(EffectTable.OPEN)) {
                meters.entered(EffectState.DONE, 1);
            } else {
                wake();
            }
        });
    }

    private void fail(ClaimedEffect claimed, String reason, String error) {
        if (table.failed(claimed, reason, error)) {
            meters.entered(EffectState.FAILED, 1);
            log.warn("effect {} failed, {} after {} attempts: {}", claimed.id(), reason, claimed.attempt(), error);
        }
    }

    /** Claims nothing more, and waits for the requests under way. */
    synchronized void stop() throws InterruptedException {
        if (stopped) {
            return;
        }
        stopped = true;
        wake.release();
        if (thread.isAlive()) {
            thread.join(PATIENCE);
        }
        if (!free.tryAcquire(atOnce, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            log.warn("requests are still under way; their effects are sent again later");
        }
        senders.shutdownNow();
        if (gateway != null) {
            gateway.close();
        }
    }
}
