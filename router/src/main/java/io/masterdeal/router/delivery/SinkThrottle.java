package io.masterdeal.router.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.masterdeal.router.subscription.Subscription;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits how fast one sink is served: by the configured rate; by the sink's {@code Retry-After}; by the number of deliveries
 * under way, which is halved when the sink is unavailable and raised a little by each success; and by a circuit breaker, which
 * opens when nearly everything fails, and then lets one delivery at a time through to probe whether the sink is back. Not
 * thread-safe.
 */
final class SinkThrottle {

    private static final int WINDOW = 20;

    private static final float MOST_FAILURES_PERCENT = 90;

    private static final long FIRST_PROBE_MS = 1_000;

    private static final long LONGEST_PROBE_MS = 30_000;

    private static final Duration HALVED_AT_MOST_EVERY = Duration.ofMillis(500);

    private final CircuitBreaker circuit;

    private final int most;

    private final double perNano;

    private double limit;

    private double tokens = 1;

    private long tokensAt = System.nanoTime();

    private long quietUntil = System.nanoTime();

    private long halvedAt = System.nanoTime() - HALVED_AT_MOST_EVERY.toNanos();

    SinkThrottle(String name, Subscription.Delivery delivery) {
        this.most = delivery.concurrency();
        this.limit = most;
        this.perNano = delivery.rate() / TimeUnit.SECONDS.toNanos(1);
        this.circuit = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(WINDOW)
                        .failureRateThreshold(MOST_FAILURES_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(FIRST_PROBE_MS, 2.0, LONGEST_PROBE_MS))
                        .build());
    }

    /** Whether one more may be sent now; if so, it counts as sent. */
    boolean admits(int underWay) {
        long now = System.nanoTime();
        if (underWay >= (int) limit || now - quietUntil < 0) {
            return false;
        }
        if (perNano > 0) {
            tokens = Math.min(Math.max(1, most), tokens + (now - tokensAt) * perNano);
            tokensAt = now;
            if (tokens < 1) {
                return false;
            }
        }
        if (!circuit.tryAcquirePermission()) {
            return false;
        }
        tokens -= perNano > 0 ? 1 : 0;
        return true;
    }

    /** Whether what is sent now only probes whether the sink is back. */
    boolean isProbing() {
        return circuit.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    /** Adapts the limits to a response. */
    void answered(SinkResponse response) {
        switch (response.verdict()) {
            case TAKEN, REFUSED -> {
                circuit.onSuccess(0, TimeUnit.NANOSECONDS);
                limit = Math.min(most, limit + 1 / limit);
            }
            case FAILED -> circuit.onError(0, TimeUnit.NANOSECONDS, new SinkAwayException(response.text()));
            case AWAY -> {
                circuit.onError(0, TimeUnit.NANOSECONDS, new SinkAwayException(response.text()));
                halve();
            }
        }
        Duration wish = response.retryAfter();
        if (wish != null) {
            quietUntil = Math.max(quietUntil, System.nanoTime() + wish.toNanos());
        }
    }

    private void halve() {
        long now = System.nanoTime();
        if (now - halvedAt > HALVED_AT_MOST_EVERY.toNanos()) {
            halvedAt = now;
            limit = Math.max(1, limit / 2);
        }
    }

    /** Tells the circuit breaker why it opens; never thrown. */
    private static final class SinkAwayException extends Exception {
        private static final long serialVersionUID = 1L;

        SinkAwayException(String message) {
            super(message, null, false, false);
        }
    }
}
