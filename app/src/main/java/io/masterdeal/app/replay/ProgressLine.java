package io.masterdeal.app.replay;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** A progress bar on a terminal; elsewhere a line every few seconds. */
public final class ProgressLine {

    private static final int WIDTH = 30;

    private final PrintWriter out;

    private final boolean terminal;

    private long lastAt;

    private int lastLength;

    /**
     * A line that shows nothing yet.
     *
     * @param out where it is shown
     * @param terminal whether that is a terminal, on which the line stays and changes
     */
    public ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Shows the progress.
     *
     * @param what the activity
     * @param done how many are done
     * @param total how many there are, if known
     * @param nanos duration so far, ns
     */
    public synchronized void show(String what, long done, OptionalLong total, long nanos) {
        long now = System.nanoTime();
        if (now - lastAt < (terminal ? 100_000_000L : 5_000_000_000L)) {
            return;
        }
        lastAt = now;
        print(line(what, done, total, nanos), terminal);
    }

    /** Shows the end of an activity. */
    public synchronized void finish(String what, long done, long nanos) {
        print(line(what, done, OptionalLong.empty(), nanos), false);
        lastLength = 0;
    }

    private void print(String line, boolean stay) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())) + (stay ? "" : "\n"));
            lastLength = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    private static String line(String what, long done, OptionalLong total, long nanos) {
        double seconds = Math.max(nanos, 1) / 1e9;
        String rate = String.format(Locale.ROOT, "%,d in %.1f s, %,.0f/s", done, seconds, done / seconds);
        if (total.isEmpty() || total.getAsLong() == 0) {
            return what + " " + rate;
        }
        int filled = (int) Math.min(WIDTH, WIDTH * done / total.getAsLong());
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %d %%, %s",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                100 * done / total.getAsLong(),
                rate);
    }
}
