package io.masterdeal.sandbox.rest;

import io.masterdeal.sandbox.fault.FaultInjection;
import io.masterdeal.sandbox.fault.FaultInjection.RequestFault;
import io.masterdeal.sandbox.fault.FaultInjection.Response;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.system.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Delays and fails responses of a system as its {@link FaultInjection} decides. */
@Order(Ordered.HIGHEST_PRECEDENCE + 101)
final class FaultInjectionFilter extends OncePerRequestFilter {
    private final Map<String, FaultInjection> faults;
    private final Clock clock;
    private final double pace;

    FaultInjectionFilter(FaultInjections faults, Clock clock, double pace) {
        this.faults = faults.all();
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Paths.isNotification(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable FaultInjection injection = faults.get(Paths.firstSegment(request.getServletPath()));
        if (injection == null) {
            chain.doFilter(request, response);
            return;
        }
        if (injection.isDown(clock.millis())) {
            Problems.write(Refusal.unavailable("The system is down for a few seconds."), response);
            return;
        }
        RequestFault fault = injection.nextRequest();
        if (fault.response() == Response.FAILS) {
            Problems.write(Refusal.unavailable("Nothing was done."), response);
            return;
        }
        if (fault.slow().isPositive()) {
            pause((long) (fault.slow().toNanos() * pace));
        }
        if (fault.response() == Response.DONE_AND_FAILS) {
            chain.doFilter(request, new ContentCachingResponseWrapper(response));
            response.reset();
            Problems.write(Refusal.unavailable("It is not known whether anything was done."), response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
