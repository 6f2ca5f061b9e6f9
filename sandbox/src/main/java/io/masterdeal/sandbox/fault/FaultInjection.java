package io.masterdeal.sandbox.fault;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Decides for one system what goes wrong. The fault of an event follows from the seed, the domain and the number of the event
 * since the settings were made; so does that of a request. Thread-safe.
 */
public final class FaultInjection {
    /** How long a system that is down stays away. */
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
     * Begins without faults.
     *
     * @param domain whose it is
     */
    public FaultInjection(String domain) {
        this.domain = domain;
    }

    /**
     * What becomes of an event. Of one that is lost nothing else is true.
     *
     * @param lost never told
     * @param duplicate told again, so much later; zero: not
     * @param overtakenBy told after so many later ones of the domain; 0: not
     * @param delay told so much later; zero: not
     */
    public record EventFault(boolean lost, Duration duplicate, int overtakenBy, Duration delay) {
        /** Nothing goes wrong. */
        public static final EventFault NONE = new EventFault(false, Duration.ZERO, 0, Duration.ZERO);
    }

    /** What becomes of a request. */
    public enum Response {
        /** It is answered. */
        NORMAL,
        /** It is refused and not done. */
        FAILS,
        /** It is done and its answer lost. */
        DONE_AND_FAILS
    }

    /**
     * What becomes of a request.
     *
     * @param slow how much later it is answered; zero: not
     * @param response how
     */
    public record RequestFault(Duration slow, Response response) {}

    /**
     * Applies new settings and starts again with their seed.
     *
     * @param wanted from now on
     */
    public synchronized void set(FaultInjectionSettings wanted) {
        settings = wanted;
        ofEvents = new Random(mix(wanted.seed(), 1));
        ofRequests = new Random(mix(wanted.seed(), 2));
    }

    /**
     * What is set.
     *
     * @return the settings
     */
    public FaultInjectionSettings settings() {
        return settings;
    }

    /**
     * Decides about the next event. As many numbers are drawn whatever comes of it, so that one percentage does not
     * change what another does.
     *
     * @return what becomes of it
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
     * @return what becomes of it
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
     * Whether the system is away: for one step of {@link #DOWN_FOR} at a time, evenly spread, so that who watches long enough sees
     * it go and come back. When the first one is follows from the seed and the domain.
     *
     * @param epochMillis now
     * @return true if it neither answers nor tells anything
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
     * How many requests were answered late.
     *
     * @return since it was counted anew
     */
    public long slowAnswers() {
        return slow.sum();
    }

    /**
     * How many requests failed though the system was there.
     *
     * @return since it was counted anew
     */
    public long failedAnswers() {
        return failed.sum();
    }

    /**
     * How often somebody found the system away; an outage is one however many did.
     *
     * @return since it was counted anew
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
