package io.masterdeal.testbed.times;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Records how long each test class takes, and how long the processors were idle meanwhile (Linux only). */
public final class ClassSpans implements TestExecutionListener {

    private static final Path PROCESSORS = Path.of("/proc/stat");

    private static final Pattern BLANKS = Pattern.compile(" +");

    /** Of the first line of {@code /proc/stat}: "cpu", user, nice, system, idle, iowait. In hundredths of a second. */
    private static final int IDLE = 4;

    private final Map<String, Begun> begun = new HashMap<>();

    /** A JVM that takes one class after the other from Surefire has a plan for each of them. */
    private static boolean startIsNoted;

    private record Begun(long nanos, long idleMs) {}

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        if (Spans.areWanted() && !startIsNoted) {
            startIsNoted = true;
            ProcessHandle.current()
                    .info()
                    .startInstant()
                    .ifPresent(start -> Spans.note(
                            Spans.Kind.JVM,
                            "surefire",
                            Duration.between(start, Instant.now()).toMillis()));
        }
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        if (Spans.areWanted() && isClass(test)) {
            begun.put(test.getUniqueId(), new Begun(System.nanoTime(), idleMs()));
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Begun start = begun.remove(test.getUniqueId());
        if (start != null) {
            String name = ((ClassSource) test.getSource().orElseThrow()).getClassName();
            Spans.note(Spans.Kind.CLASS, name, (System.nanoTime() - start.nanos()) / 1_000_000);
            Spans.note(Spans.Kind.IDLE, name, idleMs() - start.idleMs());
        }
    }

    private static boolean isClass(TestIdentifier test) {
        return test.getSource().filter(ClassSource.class::isInstance).isPresent();
    }

    /** How long a processor was idle, on average over all of them, since the machine started. */
    private static long idleMs() {
        if (!Files.isReadable(PROCESSORS)) {
            return 0;
        }
        try (var lines = Files.lines(PROCESSORS)) {
            String all = lines.findFirst().orElseThrow();
            long hundredths = Long.parseLong(BLANKS.split(all, -1)[IDLE]);
            return hundredths * 10 / Runtime.getRuntime().availableProcessors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
