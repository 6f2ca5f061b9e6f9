package io.masterdeal.console.live;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * How often pages may refresh themselves, so that all refreshes together take at most half a processor: as many pages as read, times what
 * one costs, but at least 2 s and at most 60 s.
 */
final class LivePace implements HandlerInterceptor {
    /** The header of refreshes, with the id of the element that is wanted. */
    static final String HEADER = "Masterdeal-Fragment";

    private static final String STARTED = LivePace.class.getName();
    private static final double SHARE = 0.5;
    private static final double WEIGHT = 0.1;
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(60);

    private volatile double nanos;

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getHeader(HEADER) != null) {
            request.setAttribute(STARTED, System.nanoTime());
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception ex) {
        if (request.getAttribute(STARTED) instanceof Long started) {
            took(System.nanoTime() - started);
        }
    }

    /** A refresh took some time. The average follows slowly: one slow page must not stop all others. */
    synchronized void took(long duration) {
        nanos = nanos == 0 ? duration : nanos + WEIGHT * (duration - nanos);
    }

    /** The interval for a number of readers. */
    Duration interval(int readers) {
        Duration fair = Duration.ofNanos((long) (readers * nanos / SHARE));
        return fair.compareTo(LEAST) < 0 ? LEAST : fair.compareTo(MOST) > 0 ? MOST : fair;
    }
}
