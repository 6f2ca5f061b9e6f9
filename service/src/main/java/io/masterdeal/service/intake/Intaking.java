package io.masterdeal.service.intake;

import java.util.Optional;

/** Starts and stops what this package does, and tells what holds it up. */
public final class Intaking {

    private final Intake intake;

    private final FoldWorker foldWorker;

    private final IntakeMeters meters;

    private final boolean enabled;

    /**
     * @param enabled whether this process does it at all; if not, others have to
     */
    Intaking(Intake intake, FoldWorker foldWorker, IntakeMeters meters, boolean enabled) {
        this.intake = intake;
        this.foldWorker = foldWorker;
        this.meters = meters;
        this.enabled = enabled;
    }

    /** Begins to take events in and to fold deals that wait for it, unless this process is told not to. */
    public void start() {
        if (enabled) {
            foldWorker.start();
            intake.start();
        }
    }

    /** Finishes the batches at hand and stops. */
    public void stop() throws InterruptedException {
        if (enabled) {
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
        return Optional.ofNullable(meters.waitsFor());
    }
}
