package io.masterdeal.sandbox.fault;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Decides which faults to inject into one system. The fault of an event is determined by the seed, the domain and the number of the
 * event since the settings were applied; the same holds for requests. Thread-safe.
 */
public final class FaultInjection {
    /** How long each outage of a system lasts. */
    public static final Duration DOWN_FOR = Duration.ofSeconds(3);

    private final String domain;
    private final LongAdder slow = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder outages = new LongAdder();
    private final AtomicLong lastOutage = new AtomicLong(Long.MIN_VALUE);
    private volatile FaultInjectionSettings settings = FaultInjectionSettings.NONE;
    private Random ofEvents = new Random(0);
    private Random ofRequests = new Random(0);

    /**
     * Starts without faults.
     *
     * @param domain the domain of the system
     */
    public FaultInjection(String domain) {
        this.domain = domain;
    }

    /**
     * The faults of an event. One that is lost has no other faults.
     *
     * @param lost never sent
     * @param duplicate how much later it is sent again; zero for never
     * @param overtakenBy after how many later events of the domain it is sent; 0 for none
     * @param delay how much later it is sent; zero for none
     */
    public record EventFault(boolean lost, Duration duplicate, int overtakenBy, Duration delay) {
        /** No fault. */
        public static final EventFault NONE = new EventFault(false, Duration.ZERO, 0, Duration.ZERO);
    }

    /** How a request is answered. */
    public enum Response {
        /** Normally. */
        NORMAL,
        /** With an error, and it is not performed. */
        FAILS,
        /** With an error, although it is performed. */
        DONE_AND_FAILS
    }

    /**
     * The faults of a request.
     *
     * @param slow how much later it is answered; zero for none
     * @param response how it is answered
     */
    public record RequestFault(Duration slow, Response response) {}

    /**
     * Applies new settings and restarts the random numbers with their seed.
     *
     * @param wanted the new settings
     */
    public synchronized void set(FaultInjectionSettings wanted) {
        settings = wanted;
        ofEvents = new Random(mix(wanted.seed(), 1));
        ofRequests = new Random(mix(wanted.seed(), 2));
    }

    /**
     * The current settings.
     *
     * @return the settings
     */
    public FaultInjectionSettings settings() {
        return settings;
    }

    /**
     * Decides about the next event. It always draws the same number of random numbers, so that one percentage does not change
     * the effect of another.
     *
     * @return its faults
     */
    public synchronized EventFault nextEvent() {
        boolean lost = hits(ofEvents, settings.lose());
        boolean duplicate = hits(ofEvents, settings.duplicate());
        boolean reorder = hits(ofEvents, settings.reorder());
        boolean delay = hits(ofEvents, settings.delay());
        int duplicateAfter = 500 + ofEvents.nextInt(2500);
        int overtakenBy = 1 + ofEvents.nextInt(4);
        int delayedBy = 2000 + ofEvents.nextInt(4000);
        if (lost) {
            return new EventFault(true, Duration.ZERO, 0, Duration.ZERO);
        }
        return new EventFault(
                false,
                duplicate ? Duration.ofMillis(duplicateAfter) : Duration.ZERO,
                reorder && !delay ? overtakenBy : 0,
                delay ? Duration.ofMillis(delayedBy) : Duration.ZERO);
    }

    /**
     * Decides about the next request.
     *
     * @return its faults
     */
    public synchronized RequestFault nextRequest() {
        boolean isSlow = hits(ofRequests, settings.slow());
        boolean fails = hits(ofRequests, settings.fail());
        int wait = 500 + ofRequests.nextInt(2000);
        boolean done = ofRequests.nextBoolean();
        if (isSlow) {
            slow.increment();
        }
        if (fails) {
            failed.increment();
        }
        return new RequestFault(
                isSlow ? Duration.ofMillis(wait) : Duration.ZERO,
                !fails ? Response.NORMAL : done ? Response.DONE_AND_FAILS : Response.FAILS);
    }

    /**
     * Whether the system is down. Outages last {@link #DOWN_FOR} each and are evenly spread, so that anyone who watches long enough
     * sees the system fail and recover. The seed and the domain determine the first one.
     *
     * @param epochMillis the current time in ms since 1970
     * @return true if it neither answers requests nor sends events
     */
    public boolean isDown(long epochMillis) {
        FaultInjectionSettings now = settings;
        long step = epochMillis / DOWN_FOR.toMillis();
        double share = now.down() / 100;
        double phase = new Random(mix(now.seed(), 3)).nextDouble();
        if (Math.floor((step + 1) * share + phase) <= Math.floor(step * share + phase)) {
            return false;
        }
        if (lastOutage.getAndAccumulate(step, Math::max) < step) {
            outages.increment();
        }
        return true;
    }

    /**
     * The number of requests that were answered late.
     *
     * @return the count since the last reset
     */
    public long slowAnswers() {
        return slow.sum();
    }

    /**
     * The number of requests that failed although the system was up.
     *
     * @return the count since the last reset
     */
    public long failedAnswers() {
        return failed.sum();
    }

    /**
     * The number of outages that a request or a publisher observed; each outage counts once.
     *
     * @return the count since the last reset
     */
    public long outages() {
        return outages.sum();
    }

    void resetCounts() {
        slow.reset();
        failed.reset();
        outages.reset();
    }

    private static boolean hits(Random random, double percent) {
        return random.nextDouble(100) < percent;
    }

    private long mix(long seed, long salt) {
        long mixed = seed * 0x9E3779B97F4A7C15L + domain.hashCode() * 31L + salt;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }
}
