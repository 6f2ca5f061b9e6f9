package io.masterdeal.app.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Shows snapshots: redrawn in place on a terminal of at least 80 columns and 24 lines, elsewhere a line now and then. Each output
 * resets the modes of the terminal that it sets, so that a demonstration that is killed leaves the terminal as it was.
 */
public final class DemoDisplay {

    private static final int BAR = 40;

    private static final long PLAIN_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /** Synchronised output where the terminal supports it, hidden cursor, long lines cut instead of wrapped. */
    private static final String BEGIN = "\033[?2026h\033[?25l\033[?7l";

    private static final String END = "\033[?7h\033[?25h\033[?2026l";

    private static final String REST_OF_LINE = "\033[K";

    private static final String REST_OF_SCREEN = "\033[J";

    private final PrintWriter out;

    private final boolean terminal;

    private final Ansi ansi;

    private int drawn;

    private boolean ended;

    private long lastPlainAt;

    /**
     * @param out the output
     * @param terminal whether {@code out} is a terminal
     * @param ansi whether in colour
     */
    public DemoDisplay(PrintWriter out, boolean terminal, Ansi ansi) {
        this.out = out;
        this.terminal = terminal;
        this.ansi = ansi;
        this.lastPlainAt = System.nanoTime() - PLAIN_EVERY_NANOS;
    }

    /** Shows a snapshot in place of the last one. */
    public synchronized void show(DemoSnapshot snapshot) {
        if (ended) {
            return;
        }
        if (terminal) {
            // Overwrites line by line: clearing everything first would flicker.
            StringBuilder picture = new StringBuilder(BEGIN).append(back());
            List<String> lines = lines(snapshot);
            lines.forEach(line -> picture.append(line).append(REST_OF_LINE).append('\n'));
            out.print(picture.append(REST_OF_SCREEN).append(END));
            drawn = lines.size();
        } else if (System.nanoTime() - lastPlainAt >= PLAIN_EVERY_NANOS) {
            lastPlainAt = System.nanoTime();
            out.println(line(snapshot));
        }
        out.flush();
    }

    /** Removes the last snapshot. */
    public synchronized void clear() {
        if (drawn > 0) {
            out.print(back() + REST_OF_SCREEN);
            out.flush();
            drawn = 0;
        }
    }

    /** Prints a line. While snapshots are shown, the only lines are about the end, so no snapshot is shown after them. */
    public synchronized void tell(String line) {
        if (drawn > 0) {
            end();
        }
        out.println(line);
        out.flush();
    }

    /** Keeps the last snapshot and shows no other: further output is printed below it. */
    public synchronized void end() {
        ended = true;
        if (drawn > 0) {
            out.println(); // Below the ^C that the terminal shows.
            out.flush();
            drawn = 0;
        }
    }

    private String back() {
        return drawn == 0 ? "" : String.format(Locale.ROOT, "\033[%dF", drawn);
    }

    private List<String> lines(DemoSnapshot snapshot) {
        SimulationStatus simulation = snapshot.simulation();
        List<String> lines = new ArrayList<>();
        lines.add(heading("Stories")
                + text(
                        "%,d begun, %,d told to the end, %,d in between",
                        simulation.started(), simulation.finished(), simulation.inFlight()));
        long deals =
                snapshot.stages().values().stream().mapToLong(Long::longValue).sum();
        // The service counts all its deals, also those of earlier runs with the same data directory.
        lines.add(heading("Deals")
                + text("%,d%s", deals, deals > simulation.started() ? ", those of earlier runs among them" : ""));
        lines.addAll(bars(snapshot.stages()));
        lines.add("  outcomes      " + outcomes(snapshot.outcomes()));
        lines.add(heading("Events")
                + text(
                        "%,d emitted, %.1f a second, %,d under way",
                        simulation.emitted(), snapshot.eventsPerSecond(), simulation.unsent() + snapshot.waiting()));
        lines.add("  gone wrong    " + counts(faults(simulation)));
        lines.add("  latency       "
                + text("p50 %,d ms, p99 %,d ms, event to canonical event", snapshot.p50(), snapshot.p99()));
        lines.addAll(clocks(snapshot.sla()));
        lines.add(heading("Deliveries")
                + text(
                        "%,d, %.1f a second, %,d wait, ",
                        snapshot.deliveries().delivered(),
                        snapshot.deliveriesPerSecond(),
                        snapshot.deliveries().waiting())
                + notable(snapshot.deliveries().deadLettered(), "dead letters"));
        lines.add(heading("Odd")
                + notable(snapshot.orphans(), "orphans wait for a link")
                + ", "
                + notable(snapshot.suppressed(), "effects suppressed"));
        return lines;
    }

    private List<String> clocks(SlaCounts sla) {
        return List.of(
                heading("Clocks")
                        + text("%,d open, ", sla.clocks().open())
                        + notable(sla.clocks().atRisk(), "at risk")
                        + ", "
                        + notable(sla.clocks().breached(), "breached")
                        + text(", %,d tasks", sla.tasks().open()),
                text(
                        "  told          %,d warnings, %,d breaches, %,d retracted",
                        sla.told().warned(),
                        sla.told().breached() + sla.told().closedLate(),
                        sla.told().retracted()));
    }

    private List<String> bars(Map<String, Long> stages) {
        List<String> lines = new ArrayList<>();
        long most = Math.max(
                1, stages.values().stream().mapToLong(Long::longValue).max().orElse(1));
        stages.forEach((stage, count) -> {
            int filled = (int) Math.min(BAR, Math.ceilDiv(BAR * count, most));
            if (count == 0 && stage.equals("none")) {
                return;
            }
            lines.add(text("  %-13s %6d ", stage, count)
                    + styled("█".repeat(filled), stage.equals("closed") ? Style.fg_green : Style.fg_cyan));
        });
        return lines;
    }

    private String outcomes(Map<String, Long> outcomes) {
        List<String> parts = new ArrayList<>();
        outcomes.forEach((outcome, count) -> parts.add(
                switch (outcome) {
                    case "won" -> styled(outcome + " " + count, Style.fg_green);
                    case "lost", "cancelled" -> styled(outcome + " " + count, Style.fg_red);
                    default -> outcome + " " + count;
                }));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private String heading(String word) {
        return styled(word, Style.bold) + " ".repeat(16 - word.length());
    }

    private String notable(long count, String what) {
        String text = text("%,d %s", count, what);
        return count == 0 ? text : styled(text, Style.fg_yellow);
    }

    private String styled(String text, IStyle... styles) {
        // Not picocli's markup: its code for the end of bold starts a double underline in some terminals.
        return ansi.enabled() && !text.isEmpty() ? Style.on(styles) + text + Style.reset.on() : text;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String line(DemoSnapshot snapshot) {
        SimulationStatus simulation = snapshot.simulation();
        return String.format(
                Locale.ROOT,
                "deals %d begun, %d ended; stages %s; events %d, %.1f/s, %d under way; p50 %d ms, p99 %d ms; %d orphans,"
                        + " %d effects suppressed; %d deliveries, %.1f/s, %d wait, %d dead letters; clocks %s; %s",
                simulation.started(),
                simulation.finished(),
                counts(snapshot.stages()),
                simulation.emitted(),
                snapshot.eventsPerSecond(),
                simulation.unsent() + snapshot.waiting(),
                snapshot.p50(),
                snapshot.p99(),
                snapshot.orphans(),
                snapshot.suppressed(),
                snapshot.deliveries().delivered(),
                snapshot.deliveriesPerSecond(),
                snapshot.deliveries().waiting(),
                snapshot.deliveries().deadLettered(),
                snapshot.sla().clocksText(),
                snapshot.sla().toldText());
    }

    private static Map<String, Long> faults(SimulationStatus simulation) {
        Map<String, Long> faults = new LinkedHashMap<>(simulation.counts());
        faults.remove("emitted");
        return faults;
    }

    static String counts(Map<String, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(name + " " + count));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
