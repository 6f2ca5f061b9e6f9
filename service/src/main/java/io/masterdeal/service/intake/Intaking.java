package io.masterdeal.service.intake;

/** Starts and stops what this package does. */
public final class Intaking {

    private final Intake intake;

    private final FoldWorker foldWorker;

    Intaking(Intake intake, FoldWorker foldWorker) {
        this.intake = intake;
        this.foldWorker = foldWorker;
    }

    /** Begins to take events in and to fold deals that wait for it. */
    public void start() {
        foldWorker.start();
        intake.start();
    }

    /** Finishes the batches at hand and stops. */
    public void stop() throws InterruptedException {
        intake.stop();
        foldWorker.stop();
    }
}
