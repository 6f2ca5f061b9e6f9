package io.masterdeal.model.sla;

import java.util.ArrayList;
import java.util.List;

/** One run of a clock while the facts are folded. Instants are milliseconds. */
final class CycleRun {

    /** An end that has not come. */
    static final long OPEN = KeptClocks.OPEN;

    final long started;

    /** The place of the segment in the policy; the number of segments if none fits. */
    int segment;

    /** In which no time is counted; the last one ends with {@link #OPEN} while it is paused. */
    private final List<KeptClocks.Span> off = new ArrayList<>();

    private long stopped = OPEN;

    private long cancelled = OPEN;

    private boolean endedPaused;

    CycleRun(long started) {
        this.started = started;
    }

    CycleRun(KeptClocks.Cycle kept) {
        this.started = kept.startedAt();
        this.segment = kept.segment();
        this.off.addAll(kept.off());
        this.stopped = kept.stoppedAt();
        this.cancelled = kept.cancelledAt();
        this.endedPaused = kept.endedPaused();
    }

    KeptClocks.Cycle kept() {
        return new KeptClocks.Cycle(started, segment, off, stopped, cancelled, endedPaused);
    }

    boolean isOpen() {
        return stopped == OPEN && cancelled == OPEN;
    }

    /** When it was stopped or cancelled; {@link #OPEN} if it is open. */
    long ended() {
        return stopped == OPEN ? cancelled : stopped;
    }

    long stopped() {
        return stopped;
    }

    long cancelled() {
        return cancelled;
    }

    List<KeptClocks.Span> off() {
        return off;
    }

    boolean isPaused() {
        return !off.isEmpty() && off.getLast().to() == OPEN;
    }

    /** Whether it is paused, or was when it ended. */
    boolean isOrEndedPaused() {
        return isOpen() ? isPaused() : endedPaused;
    }

    void pause(long at, boolean on) {
        if (on && !isPaused()) {
            off.add(new KeptClocks.Span(at, OPEN));
        } else if (!on && isPaused()) {
            off.add(new KeptClocks.Span(off.removeLast().from(), at));
        }
    }

    void stop(long at) {
        end(at);
        stopped = at;
    }

    void cancel(long at) {
        end(at);
        cancelled = at;
    }

    private void end(long at) {
        endedPaused = isPaused();
        pause(at, false);
    }

    /** It goes on (ruling 11): the time since its end is a span that does not count. Spans that touch are one. */
    void resume(long at, boolean paused) {
        long end = ended();
        if (!off.isEmpty() && off.getLast().to() == end) {
            off.add(new KeptClocks.Span(off.removeLast().from(), at));
        } else if (end < at) {
            off.add(new KeptClocks.Span(end, at));
        }
        stopped = OPEN;
        cancelled = OPEN;
        if (paused && !off.isEmpty() && off.getLast().to() == at) {
            off.add(new KeptClocks.Span(off.removeLast().from(), OPEN));
        } else {
            pause(at, paused);
        }
    }
}
