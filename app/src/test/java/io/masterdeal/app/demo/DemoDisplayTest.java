package io.masterdeal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** The display of the demonstration on the smallest usual terminal. */
class DemoDisplayTest {

    private static final int COLUMNS = 80;

    private static final int LINES = 24;

    private final StringWriter written = new StringWriter();

    private final PrintWriter out = new PrintWriter(written);

    private final DemoDisplay screen = new DemoDisplay(out, true, Ansi.ON);

    @Test
    void a_snapshot_takes_the_place_of_the_one_before_and_leaves_nothing_of_it() {
        // given
        out.println("MasterDeal is up.");
        for (int i = 0; i < 30; i++) {
            screen.show(snapshot(i * 1_000_000L, i % 3 == 0));
        }

        // when
        screen.show(snapshot(7, false));

        // then
        TerminalPicture picture = picture();
        assertThat(picture.lines())
                .containsExactly(
                        "MasterDeal is up.",
                        "Stories         7 begun, 7 told to the end, 7 in between",
                        "Deals           14, those of earlier runs among them",
                        "  lead_created       7 ████████████████████████████████████████",
                        "  closed             7 ████████████████████████████████████████",
                        "  outcomes      open 7, won 7, lost 7, cancelled 7",
                        "Events          7 emitted, 7.0 a second, 14 under way",
                        "  gone wrong    lost 7, duplicated 7, reordered 7, delayed 7",
                        "  latency       p50 7 ms, p99 7 ms, event to canonical event",
                        "Clocks          14 open, 7 at risk, 7 breached, 7 tasks",
                        "  told          7 warnings, 14 breaches, 7 retracted",
                        "Deliveries      7, 7.0 a second, 14 wait, 7 dead letters",
                        "Odd             7 orphans wait for a link, 7 effects suppressed");
    }

    @Test
    void it_fits_even_when_the_counts_have_grown_for_days() {
        screen.show(snapshot(999_999, true));

        out.flush();
        // Checked on the output, since the terminal cuts long lines.
        assertThat(TerminalPicture.of(written.toString(), 3 * COLUMNS, LINES).lines())
                .hasSizeLessThanOrEqualTo(LINES - 7) // the lines above the picture, of which the first may scroll away
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    @Test
    void between_two_snapshots_the_terminal_is_as_it_was_before_the_first() {
        screen.show(snapshot(1, true));
        screen.show(snapshot(2, false));

        TerminalPicture picture = picture();
        assertThat(picture.isCursorShown()).isTrue();
        assertThat(picture.isWrapping()).isTrue();
        assertThat(picture.isPlain()).isTrue();
    }

    @Test
    void what_is_said_after_the_end_stands_below_the_last_snapshot_which_stays() {
        screen.show(snapshot(5, false));

        out.print("^C");
        screen.end();
        out.println("stopping gateway");
        screen.show(snapshot(6, false));
        out.println("MasterDeal is stopped.");

        assertThat(picture().lines())
                .startsWith("Stories         5 begun, 5 told to the end, 5 in between")
                .endsWith("^C", "stopping gateway", "MasterDeal is stopped.");
    }

    @Test
    void where_nobody_looks_on_there_is_a_line_now_and_then_and_nothing_that_only_a_terminal_understands() {
        DemoDisplay plain = new DemoDisplay(out, false, Ansi.OFF);

        plain.show(snapshot(3, false));
        plain.show(snapshot(4, false));
        plain.end();

        assertThat(written.toString().lines())
                .containsExactly(
                        "deals 3 begun, 3 ended; stages lead_created 3, closed 3; events 3, 3.0/s, 6 under way;"
                                + " p50 3 ms, p99 3 ms; 3 orphans, 3 effects suppressed; 3 deliveries, 3.0/s, 6 wait,"
                                + " 3 dead letters; clocks 3 running, 3 paused, 3 of them at risk; 3 met, 3 breached,"
                                + " 3 cancelled; told 3 warnings, 3 breaches, 3 deals closed late, 3 retracted;"
                                + " tasks 3 open, 3 closed");
    }

    private TerminalPicture picture() {
        out.flush();
        return TerminalPicture.of(written.toString(), COLUMNS, LINES);
    }

    private static DemoSnapshot snapshot(long count, boolean allStages) {
        Map<String, Long> stages = new LinkedHashMap<>();
        if (allStages) {
            stages.put("none", count);
        }
        stages.put("lead_created", count);
        if (allStages) {
            List.of("briefed", "offer_ready", "contracting", "closing").forEach(stage -> stages.put(stage, count));
        }
        stages.put("closed", count);
        return new DemoSnapshot(
                new SimulationStatus(
                        "running",
                        count,
                        count,
                        count,
                        count,
                        counts(count, "emitted", "lost", "duplicated", "reordered", "delayed"),
                        Map.of(),
                        new SlaCounts.Tasks(count, count)),
                stages,
                counts(count, "open", "won", "lost", "cancelled"),
                count,
                count,
                count,
                count,
                count,
                count,
                new DeliveryCounts(4 * count, count, count, count, 0, count, 0, 0),
                count,
                new SlaCounts(
                        new SlaCounts.Clocks(count, count, count, count, count, count),
                        new SlaCounts.Told(count, count, count, count),
                        new SlaCounts.Tasks(count, count)));
    }

    private static Map<String, Long> counts(long count, String... names) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : names) {
            counts.put(name, count);
        }
        return counts;
    }
}
