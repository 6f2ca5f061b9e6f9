package io.masterdeal.router.subscription;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The budget of one evaluation of a filter: {@value #MOST_MS} ms of processor time, and {@value #MOST_MEBIBYTES} MiB of values
 * that it creates. It is checked after each step. That is enough because no single step takes long: its operands are within the
 * budget, texts are searched in linear time, and no value has more than {@value #MOST_PARTS} parts, counted recursively. For
 * one evaluation in one thread.
 */
final class FilterBudget implements CelEvaluationListener {

    static final int MOST_MS = 200;

    static final int MOST_MEBIBYTES = 64;

    static final int MOST_PARTS = 1_000_000;

    private static final long MOST_NANOS = MOST_MS * 1_000_000L;

    private static final long MOST_BYTES = MOST_MEBIBYTES * 1024L * 1024L;

    /** How many small steps are made between two readings of the clock. */
    private static final int STEPS = 64;

    private static final int LARGE = 16 * 1024;

    private static final int BYTES_PER_REFERENCE = 8;

    /** CEL's name for the accumulator of a macro; an expression cannot use it. */
    private static final String GATHERED = "@result";

    private static final ThreadLocal<@Nullable FilterBudget> CURRENT = new ThreadLocal<>();

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final boolean countsProcessorTime =
            !Thread.currentThread().isVirtual() && THREADS.isCurrentThreadCpuTimeSupported();

    private final long begun = now();

    private int steps;

    private long bytes;

    private @Nullable String spent;

    /** An evaluation. */
    @FunctionalInterface
    interface Evaluation {
        Object run() throws CelEvaluationException;
    }

    /** Ends an evaluation; its stack trace is not needed. */
    private static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SpentException(String message) {
            super(message, null, false, false);
        }
    }

    /** Runs an evaluation; functions that it calls find this budget by {@link #current}. */
    static Object within(FilterBudget budget, Evaluation evaluation) throws CelEvaluationException {
        CURRENT.set(budget);
        try {
            return evaluation.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** The budget of the evaluation in this thread. */
    static @Nullable FilterBudget current() {
        return CURRENT.get();
    }

    /** What was exceeded; null if nothing was. */
    @Nullable
    String spent() {
        return spent;
    }

    @Override
    public void callback(CelExpr step, Object value) {
        if (spent != null) {
            throw new SpentException(spent);
        }
        long work = makes(step) ? take(step, value) : 0;
        if (++steps % STEPS == 0 || work > LARGE) {
            checkTime();
        }
    }

    private static boolean makes(CelExpr step) {
        Kind kind = step.getKind();
        return kind == Kind.CALL || kind == Kind.LIST || kind == Kind.MAP || kind == Kind.COMPREHENSION;
    }

    private long take(CelExpr step, @Nullable Object value) {
        long size = switch (value) {
            case String it -> 2L * it.length();
            case CelByteString it -> it.size();
            case Collection<?> it -> (long) BYTES_PER_REFERENCE * it.size();
            case Map<?, ?> it -> 4L * BYTES_PER_REFERENCE * it.size();
            case null, default -> 0;
        };
        bytes += size;
        if (bytes > MOST_BYTES) {
            spend("more than " + MOST_MEBIBYTES + " MiB of memory");
        }
        return size + (gathers(step) ? 0 : parts(value));
    }

    /** The accumulator of a macro is checked when it is complete, not with each element. */
    private static boolean gathers(CelExpr step) {
        return step.getKind() == Kind.CALL
                && !step.call().args().isEmpty()
                && step.call().args().getFirst().getKind() == Kind.IDENT
                && step.call().args().getFirst().ident().name().equals(GATHERED);
    }

    /** Parts may be shared: nested lists of the same list have many more parts than their memory suggests. */
    private long parts(@Nullable Object value) {
        if (!(value instanceof Collection<?>) && !(value instanceof Map<?, ?>)) {
            return 0;
        }
        Deque<Object> open = new ArrayDeque<>();
        open.push(value);
        long parts = 0;
        while (!open.isEmpty()) {
            Object next = open.pop();
            // The keys of a map are texts and numbers.
            Collection<?> inside = next instanceof Map<?, ?> map ? map.values() : (Collection<?>) next;
            for (Object part : inside) {
                if (part instanceof Collection<?> || part instanceof Map<?, ?>) {
                    open.push(part);
                }
                if (++parts > MOST_PARTS) {
                    spend("a value of more than " + MOST_PARTS + " parts");
                }
            }
        }
        return parts;
    }

    private void checkTime() {
        if (now() - begun > MOST_NANOS) {
            spend("more than " + MOST_MS + " ms");
        }
    }

    /**
     * Ends the evaluation.
     *
     * @param what was exceeded
     */
    void spend(String what) {
        spent = what;
        throw new SpentException(what);
    }

    /** Processor time, if it is available, so that a busy machine is not blamed on the filter. */
    private long now() {
        return countsProcessorTime ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
