package io.masterdeal.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** A process whose threads die. */
@NullMarked
final class Victims {

    private Victims() {}

    /** Lets one thread die, and otherwise keeps running. */
    public static void main(String[] arguments) throws InterruptedException {
        WorkerDeaths.endProcess();
        var stop = new CountDownLatch(1);
        switch (arguments[0]) {
            case "worker" ->
                Workers.platform("intake", () -> {
                            throw new OutOfMemoryError("as if");
                        })
                        .start();
            case "foreign" ->
                Thread.ofPlatform().name("poller").start(() -> {
                    throw new InternalError("as if");
                });
            case "exception" -> {
                var thread = Thread.ofPlatform().name("poller").start(() -> {
                    throw new IllegalStateException("as if");
                });
                thread.join();
                return;
            }
            case "closing" -> {
                WorkerDeaths.endsInOrder();
                Workers.platform("intake", () -> {
                            throw new IllegalStateException("closed");
                        })
                        .start();
                return;
            }
            default -> {
                Workers.platform("intake", () -> System.out.println("stopped")).start();
                return;
            }
        }
        if (!stop.await(1, TimeUnit.MINUTES)) {
            System.exit(99); // The process still runs, although a thread has died.
        }
    }
}
