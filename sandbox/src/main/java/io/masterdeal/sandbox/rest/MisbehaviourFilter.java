package io.masterdeal.sandbox.rest;

import io.masterdeal.sandbox.misbehaviour.Mischief;
import io.masterdeal.sandbox.misbehaviour.Mischief.Answer;
import io.masterdeal.sandbox.misbehaviour.Mischief.Reception;
import io.masterdeal.sandbox.misbehaviour.Mischiefs;
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

/** Answers for a system late or not at all, as its {@link Mischief} says. */
@Order(Ordered.HIGHEST_PRECEDENCE + 101)
final class MisbehaviourFilter extends OncePerRequestFilter {
    private final Map<String, Mischief> mischiefs;
    private final Clock clock;
    private final double pace;

    MisbehaviourFilter(Mischiefs mischiefs, Clock clock, double pace) {
        this.mischiefs = mischiefs.all();
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
        @Nullable Mischief mischief = mischiefs.get(Paths.firstSegment(request.getServletPath()));
        if (mischief == null) {
            chain.doFilter(request, response);
            return;
        }
        if (mischief.isDown(clock.millis())) {
            Problems.write(Refusal.unavailable("The system is away for a few seconds."), response);
            return;
        }
        Reception reception = mischief.nextRequest();
        if (reception.answer() == Answer.FAILS) {
            Problems.write(Refusal.unavailable("Nothing was done."), response);
            return;
        }
        if (reception.slow().isPositive()) {
            pause((long) (reception.slow().toNanos() * pace));
        }
        if (reception.answer() == Answer.DONE_AND_FAILS) {
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
