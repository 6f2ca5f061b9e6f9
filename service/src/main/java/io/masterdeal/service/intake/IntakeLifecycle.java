package io.masterdeal.service.intake;

import java.util.Optional;
import java.util.function.Supplier;

/** Starts and stops what this package does, and says what holds it up. */
public final class IntakeLifecycle {

    private final Intake intake;

    private final FoldWorker foldWorker;

    private final IntakeMeters meters;

    private final boolean enabled;

    private volatile boolean started;

    private volatile Supplier<Optional<String>> standsBy = Optional::empty;

    /**
     * @param enabled whether this process does it at all; if not, others have to
     */
    IntakeLifecycle(Intake intake, FoldWorker foldWorker, IntakeMeters meters, boolean enabled) {
        this.intake = intake;
        this.foldWorker = foldWorker;
        this.meters = meters;
        this.enabled = enabled;
    }

    /**
     * Sets what says why this process does not work; to be called before the start.
     *
     * @param why a description; empty if it works
     */
    public void standsByWhile(Supplier<Optional<String>> why) {
        standsBy = why;
    }

    /** Begins to take events in and to fold deals that wait for it, unless this process is told not to. */
    public void start() {
        if (enabled) {
            started = true;
            foldWorker.start();
            intake.start();
        }
    }

    /** Finishes the batches at hand and stops. */
    public void stop() throws InterruptedException {
        if (started) {
            intake.stop();
            foldWorker.stop();
        }
    }

    /** What this process does for the intake. */
    public enum State {
        /** It reads at least one partition. */
        READING,
        /** Other processes read, or none does yet. */
        STANDBY,
        /** It takes nothing in, because it is configured so. */
        OFF
    }

    /** What this process does at the moment. */
    public State state() {
        if (!enabled) {
            return State.OFF;
        }
        return intake.partitions() > 0 ? State.READING : State.STANDBY;
    }

    /** Why this process must store no events, by whatever way they come; empty if it may. */
    public Optional<String> standsBy() {
        return standsBy.get();
    }

    /** Why the intake of this process does not continue at the moment; empty while it does. */
    public Optional<String> waitsFor() {
        return standsBy.get().or(() -> Optional.ofNullable(meters.waitsFor()));
    }
}
