package io.masterdeal.local;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs an infrastructure until a test kills this process. */
public final class LocalRun {
    private LocalRun() {}

    /**
     * Starts everything, prints one line {@code ready} with the process ids, and waits.
     *
     * @param arguments the data directory
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        LocalInfrastructure infrastructure =
                LocalInfrastructure.start(LocalOptions.in(Path.of(arguments[0])).withProgress(System.out::println));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            long begun = System.nanoTime();
            infrastructure.close();
            System.out.println("closed in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        }));
        System.out.println("ready " + infrastructure.addresses().pids());
        new CountDownLatch(1).await();
    }
}
