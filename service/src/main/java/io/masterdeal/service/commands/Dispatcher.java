package io.masterdeal.service.commands;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends effects: one thread takes those whose turn it is, no more than can be sent at once, and each is sent by a thread of
 * its own. Several processes may do so on one database.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private static final long IDLE_MS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Desk desk;

    private final EffectTable table;

    private final @Nullable GatewayClient gateway;

    private final Retries retries;

    private final EffectMeters meters;

    private final int atOnce;

    private final Semaphore free;

    private final Semaphore wake = new Semaphore(0);

    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    private final Thread thread = Thread.ofPlatform().name("effect-dispatcher").unstarted(this::run);

    private volatile boolean stopped;

    /**
     * @param gateway by what to send; null if there is none, and the desk gives nothing out
     * @param atOnce how many requests may be on their way at once
     */
    Dispatcher(
            Desk desk,
            EffectTable table,
            @Nullable GatewayClient gateway,
            Retries retries,
            EffectMeters meters,
            int atOnce) {
        if (atOnce < 1 || atOnce > 64) {
            throw new IllegalArgumentException("masterdeal.effects.at-once is 1 to 64, not " + atOnce);
        }
        this.desk = desk;
        this.table = table;
        this.gateway = gateway;
        this.retries = retries;
        this.meters = meters;
        this.atOnce = atOnce;
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
        long pause = IDLE_MS;
        try {
            while (!stopped) {
                free.acquire();
                free.release();
                try {
                    Desk.Round round = desk.take(free.availablePermits());
                    for (Order order : round.orders()) {
                        free.acquire();
                        senders.execute(() -> send(order));
                    }
                    pause = round.looked() == 0 ? IDLE_MS : 0;
                } catch (RuntimeException e) {
                    // Whatever it is: the rows stay, and the next try may find it mended.
                    pause = Math.clamp(2 * pause, IDLE_MS, 5000);
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

    private void send(Order order) {
        try {
            if (gateway != null) {
                meters.attempted();
                settle(order, gateway.send(order));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The lease ends, and it is sent again with the same key.
            log.warn("what came of effect {} cannot be written down: {}", order.id(), e.toString());
        } finally {
            free.release();
        }
    }

    private void settle(Order order, Reply reply) {
        switch (reply) {
            case Reply.Taken _ -> {
                if (table.done(order)) {
                    meters.entered(EffectState.DONE, 1);
                }
            }
            case Reply.Refused refused -> fail(order, Reasons.REFUSED, refused.error());
            case Reply.Later later -> {
                if (order.attempt() >= retries.attempts()) {
                    fail(order, Reasons.GAVE_UP, later.error());
                } else {
                    Duration pause = retries.pause(order.attempt(), later.after());
                    log.info("effect {} is tried again in {} ms: {}", order.id(), pause.toMillis(), later.error());
                    table.again(order, pause, later.error());
                }
            }
        }
    }

    private void fail(Order order, String reason, String error) {
        if (table.failed(order, reason, error)) {
            meters.entered(EffectState.FAILED, 1);
            log.warn("effect {} failed, {} after {} attempts: {}", order.id(), reason, order.attempt(), error);
        }
    }

    /** Takes nothing more, and waits for the answers that are under way. */
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
            log.warn("requests are under way still; their effects are sent again later");
        }
        senders.shutdownNow();
        if (gateway != null) {
            gateway.close();
        }
    }
}
