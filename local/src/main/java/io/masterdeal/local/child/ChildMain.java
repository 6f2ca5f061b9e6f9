package io.masterdeal.local.child;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs another main class and ends this JVM when the parent process is gone.
 *
 * <p>The parent holds the other end of this process's standard input and never writes to it. The operating system closes
 * that end however the parent dies, {@code kill -9} included, so the end of input means that nobody is left to stop this process.
 */
public final class ChildMain {
    /** How long an orderly end may take after the parent is gone. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private ChildMain() {}

    /**
     * Starts the watch, then the program.
     *
     * @param arguments the name of the main class, then its own arguments
     * @throws Exception what the program throws
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("the first argument must be the name of a main class");
        }
        Thread.ofPlatform().daemon().name("parent-watch").start(ChildMain::exitAtEndOfInput);
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; only the end of the input has a meaning.
            }
        } catch (IOException e) {
            // A broken channel means the same as a closed one.
        }
        Thread.ofPlatform().daemon().name("parent-watch-deadline").start(ChildMain::haltAfterGrace);
        System.exit(0);
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if it happens all the same, the end comes sooner.
        }
        Runtime.getRuntime().halt(1);
    }
}
