package io.masterdeal.sandbox.publish;

import io.masterdeal.sandbox.fault.FaultInjection.EventFault;
import io.masterdeal.sandbox.publish.Ledger.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The events that one domain still has to send, in order except for delayed, reordered and duplicated ones. Times are those of
 * {@link System#nanoTime}. Guarded by its own monitor.
 */
final class Queue {
    /** How long a reordered event waits at most for later ones to overtake it. */
    private static final Duration OVERTAKING = Duration.ofMillis(1500);

    private record Later(Line line, long due, long order) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            long difference = due - other.due;
            return difference != 0 ? Long.signum(difference) : Long.compare(order, other.order);
        }
    }

    private static final class Overtaken {
        private final Line line;
        private final long due;
        private int left;

        private Overtaken(Line line, int left, long due) {
            this.line = line;
            this.left = left;
            this.due = due;
        }
    }

    private final ArrayDeque<Line> ready = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final List<Overtaken> overtaken = new ArrayList<>();
    private final double pace;
    private long order;
    private int open;

    /** Waits are multiplied by the pace. */
    Queue(double pace) {
        this.pace = pace;
    }

    /** Adds an event that is not lost. */
    synchronized void add(Line line, EventFault fault) {
        long now = System.nanoTime();
        Duration hold = line.emission().hold();
        if (fault.delay().isPositive() || hold.isPositive()) {
            hold(line, now + scaled(fault.delay()) + hold.toNanos());
        } else if (fault.overtakenBy() > 0) {
            overtaken.add(new Overtaken(line, fault.overtakenBy(), now + scaled(OVERTAKING)));
            open++;
        } else {
            append(line);
            open++;
        }
        if (fault.duplicate().isPositive()) {
            hold(line, now + scaled(fault.delay()) + hold.toNanos() + scaled(fault.duplicate()));
        }
        notifyAll();
    }

    /** Waits for events to send, up to a time limit; those returned count as open until {@link #done}. */
    synchronized List<Line> take(int most, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        release();
        while (ready.isEmpty()) {
            long wait = Math.min(end, nextDue(end)) - System.nanoTime();
            if (end - System.nanoTime() <= 0) {
                return List.of();
            }
            wait(Math.max(1, wait / 1_000_000));
            release();
        }
        var batch = new ArrayList<Line>();
        while (batch.size() < most && !ready.isEmpty()) {
            batch.add(ready.removeFirst());
        }
        return batch;
    }

    /** Puts events that could not be sent back to the front. */
    synchronized void back(List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            ready.addFirst(lines.get(i));
        }
    }

    /** Removes a number of events that were accepted or refused from the open ones. */
    synchronized void done(int count) {
        open -= count;
    }

    /** Events and copies that are not sent yet. */
    synchronized int open() {
        return open;
    }

    private void hold(Line line, long due) {
        later.add(new Later(line, due, order++));
        open++;
    }

    private void append(Line line) {
        ready.addLast(line);
        for (Iterator<Overtaken> waiting = overtaken.iterator(); waiting.hasNext(); ) {
            Overtaken each = waiting.next();
            if (--each.left <= 0) {
                waiting.remove();
                ready.addLast(each.line);
            }
        }
    }

    private void release() {
        long now = System.nanoTime();
        while (!later.isEmpty() && later.element().due() - now <= 0) {
            ready.addLast(later.remove().line());
        }
        for (Iterator<Overtaken> waiting = overtaken.iterator(); waiting.hasNext(); ) {
            Overtaken each = waiting.next();
            if (each.due - now <= 0) {
                waiting.remove();
                ready.addLast(each.line);
            }
        }
    }

    private long nextDue(long otherwise) {
        long next = later.isEmpty() ? otherwise : later.element().due();
        for (Overtaken each : overtaken) {
            next = Math.min(next, each.due);
        }
        return next;
    }

    private long scaled(Duration wait) {
        return (long) (wait.toNanos() * pace);
    }
}
