package io.masterdeal.service.intake;

import java.util.Optional;
import java.util.function.Supplier;

/** Starts and stops what this package does, and tells what holds it up. */
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
     * Says whom to ask why this process does not work, before it is started.
     *
     * @param why in words; empty if it works
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
        /** Others read, or nobody yet. */
        STANDBY,
        /** It takes nothing in, for it is told so. */
        OFF
    }

    /** What this process does at the moment. */
    public State state() {
        if (!enabled) {
            return State.OFF;
        }
        return intake.partitions() > 0 ? State.READING : State.STANDBY;
    }

    /** Why the intake of this process does not go on for the moment, in words; empty while it does. */
    public Optional<String> waitsFor() {
        return standsBy.get().or(() -> Optional.ofNullable(meters.waitsFor()));
    }
}
