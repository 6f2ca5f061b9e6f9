package io.masterdeal.app.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Shows frames: redrawn in place on a terminal, a line now and then elsewhere. */
public final class Screen {

    private static final int BAR = 40;

    private static final long PLAIN_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;

    private final boolean terminal;

    private final Ansi ansi;

    private final List<String> addresses;

    private int drawn;

    private long lastPlainAt;

    /**
     * @param out where to
     * @param terminal whether a person looks on
     * @param ansi whether in colour
     * @param addresses lines that tell what to try meanwhile
     */
    public Screen(PrintWriter out, boolean terminal, Ansi ansi, List<String> addresses) {
        this.out = out;
        this.terminal = terminal;
        this.ansi = ansi;
        this.addresses = addresses;
        this.lastPlainAt = System.nanoTime() - PLAIN_EVERY_NANOS;
    }

    /** Shows a frame. */
    public synchronized void show(Frame frame) {
        if (terminal) {
            clear();
            List<String> lines = lines(frame);
            lines.forEach(line -> out.println(ansi.string(line)));
            drawn = lines.size();
        } else if (System.nanoTime() - lastPlainAt >= PLAIN_EVERY_NANOS) {
            lastPlainAt = System.nanoTime();
            out.println(line(frame));
        }
        out.flush();
    }

    /** Takes the last frame away, for what comes in its place. */
    public synchronized void clear() {
        if (drawn > 0) {
            out.printf(Locale.ROOT, "\033[%dF\033[J", drawn); // Up so many lines, and clear from there.
            drawn = 0;
        }
    }

    private List<String> lines(Frame frame) {
        SimulationStatus simulation = frame.simulation();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "@|bold Deals|@  %,d begun, %,d at the end of their story, %,d in between",
                simulation.started(),
                simulation.finished(),
                simulation.inFlight()));
        long most = frame.stages().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        frame.stages().forEach((stage, count) -> {
            int filled = most == 0 ? 0 : (int) Math.ceilDiv(BAR * count, most);
            lines.add(String.format(
                    Locale.ROOT, "  %-13s %6d @|green %s|@", stage, count, "█".repeat(Math.min(BAR, filled))));
        });
        lines.add("  outcomes      " + counts(frame.outcomes()));
        lines.add(String.format(
                Locale.ROOT,
                "@|bold Events|@ %,d emitted, %.1f/s, %,d under way; event to canonical event p50 %d ms, p99 %d ms",
                simulation.emitted(),
                frame.eventsPerSecond(),
                simulation.unsent() + frame.waiting(),
                frame.p50(),
                frame.p99()));
        lines.add("  gone wrong    " + counts(mishaps(simulation)));
        lines.add(String.format(
                Locale.ROOT,
                "@|bold Odd|@    %,d orphans wait for a link, %,d effects suppressed",
                frame.orphans(),
                frame.suppressed()));
        lines.addAll(addresses);
        return lines;
    }

    private static String line(Frame frame) {
        SimulationStatus simulation = frame.simulation();
        return String.format(
                Locale.ROOT,
                "deals %d begun, %d ended; stages %s; events %d, %.1f/s, %d under way; p50 %d ms, p99 %d ms; %d orphans,"
                        + " %d effects suppressed",
                simulation.started(),
                simulation.finished(),
                counts(frame.stages()),
                simulation.emitted(),
                frame.eventsPerSecond(),
                simulation.unsent() + frame.waiting(),
                frame.p50(),
                frame.p99(),
                frame.orphans(),
                frame.suppressed());
    }

    private static Map<String, Long> mishaps(SimulationStatus simulation) {
        Map<String, Long> mishaps = new LinkedHashMap<>(simulation.counts());
        mishaps.remove("emitted");
        return mishaps;
    }

    static String counts(Map<String, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(name + " " + count));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
