package io.masterdeal.testbed.times;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Records how long parts of a run took, in a file of this JVM; does nothing unless the run is measured. */
public final class Spans {

    /** What can take time in a test. */
    public enum Kind {
        /** A JVM, from its start to its first test. */
        JVM,
        /** A test class, with all that follows. */
        CLASS,
        /** A Spring application context, from its start until it is ready. */
        CONTEXT,
        /** Kafka, PostgreSQL and the registry. */
        SERVERS,
        /** A platform of processes, with its servers and contexts. */
        PLATFORM,
        /** While a class ran, processors had nothing to do: half of it on each of two is all of the time on one. */
        IDLE
    }

    private static final @Nullable Path FILE = file();

    private Spans() {}

    private static @Nullable Path file() {
        String directory = System.getenv("MASTERDEAL_TEST_TIMES");
        return directory == null
                ? null
                : Path.of(directory, ProcessHandle.current().pid() + ".tsv");
    }

    /** Whether the run is measured. */
    static boolean areWanted() {
        return FILE != null;
    }

    /**
     * Records a span.
     *
     * @param what took the time, such as the name of a test class
     * @param ms how long
     */
    static synchronized void note(Kind kind, String what, long ms) {
        if (FILE == null) {
            return;
        }
        try {
            Files.writeString(
                    FILE, kind + "\t" + ms + "\t" + what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note how long " + what + " took", e);
        }
    }

    /** A span that ends when it is closed. */
    public interface Open extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins a span.
     *
     * @param what takes the time
     */
    public static Open open(Kind kind, String what) {
        long start = System.nanoTime();
        return () -> note(kind, what, (System.nanoTime() - start) / 1_000_000);
    }
}
