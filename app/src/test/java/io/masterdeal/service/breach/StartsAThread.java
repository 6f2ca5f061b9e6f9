package io.masterdeal.service.breach;

/** Breaches a rule on purpose: nobody would hear that its thread died. */
public final class StartsAThread {

    public Thread start(Runnable work) {
        return Thread.ofVirtual().start(work);
    }
}
