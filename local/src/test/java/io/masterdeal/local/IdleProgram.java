package io.masterdeal.local;

import java.util.concurrent.CountDownLatch;

/** Prints that it runs, and waits forever. */
public final class IdleProgram {
    private IdleProgram() {}

    /**
     * Prints {@code idle} and never returns.
     *
     * @param arguments none
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("idle");
        new CountDownLatch(1).await();
    }
}
