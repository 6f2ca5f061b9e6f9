package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import io.masterdeal.app.report.ClockCounts;
import io.masterdeal.app.trial.ClockChanges;
import io.masterdeal.app.trial.ClockChanges.Change;
import io.masterdeal.app.trial.ClockChanges.Values;
import io.masterdeal.app.trial.LogTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows what other SLA policies would give: what is now, and what would be. */
public final class TrialListing {

    private final TerminalText terminal;

    private final List<String> lines = new ArrayList<>();

    private TrialListing(TerminalText terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows a trial on one deal.
     *
     * @param trial the service's answer
     * @return lines
     */
    public static List<String> lines(TerminalText terminal, JsonNode trial) {
        TrialListing listing = new TrialListing(terminal);
        JsonNode before = trial.path("now").path("report");
        listing.lines.add(terminal.line(
                cell(text(before, "root"), Style.bold),
                cell(text(before, "stage"), Style.bold, Style.fg_cyan),
                cell(text(before, "outcome"), DealDetails.outcome(text(before, "outcome"))),
                cell("at " + text(trial, "at"))));
        listing.lines.add(terminal.line(cell(
                "policies " + text(trial.path("now"), "policies") + " -> " + text(trial.path("tried"), "policies"))));
        listing.changes(ClockChanges.between(before, trial.path("tried").path("report")));
        return listing.lines;
    }

    /**
     * Shows a trial on the deals of a log.
     *
     * @param at the instant of the clocks, as text
     * @param rules the name of the rule set
     * @param before the label of the first policies
     * @param after the label of those tried
     * @return lines
     */
    public static List<String> lines(
            TerminalText terminal, LogTrial trial, String at, String rules, String before, String after) {
        TrialListing listing = new TrialListing(terminal);
        listing.lines.add(terminal.line(
                cell(trial.after().deals() + " deals", Style.bold), cell("at " + at + ", rule set " + rules)));
        listing.counts(trial.before(), trial.after(), before, after);
        if (trial.differing() == 0) {
            listing.lines.add("no deal differs");
            return listing.lines;
        }
        listing.lines.add(trial.differing()
                + (trial.differing() == 1 ? " deal differs" : " deals differ")
                + (trial.most().size() < trial.differing()
                        ? ", these " + trial.most().size() + " most:"
                        : ":"));
        for (ClockChanges changes : trial.most()) {
            listing.lines.add(terminal.line(cell(changes.root(), Style.bold)));
            listing.changes(changes);
        }
        return listing.lines;
    }

    private void counts(ClockCounts before, ClockCounts after, String labelBefore, String labelAfter) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(List.of(cell(""), cell(labelBefore), cell(labelAfter)));
        TreeSet<String> states = new TreeSet<>(before.states().keySet());
        states.addAll(after.states().keySet());
        for (String state : states) {
            rows.add(row(
                    "clocks " + state.replace('_', ' '),
                    before.states().getOrDefault(state, 0L),
                    after.states().getOrDefault(state, 0L)));
        }
        rows.add(row("cycles", before.cycles(), after.cycles()));
        rows.add(row("breached cycles", before.breachedCycles(), after.breachedCycles()));
        terminal.columns(rows).forEach(line -> lines.add("  " + line));
    }

    private static List<Cell> row(String what, long before, long after) {
        IStyle[] style = before == after ? new IStyle[0] : new IStyle[] {Style.bold};
        return List.of(
                cell(what),
                cell(String.format(Locale.ROOT, "%,d", before), style),
                cell(String.format(Locale.ROOT, "%,d", after), style));
    }

    private void changes(ClockChanges changes) {
        List<List<Cell>> rows = new ArrayList<>();
        boolean withObjects =
                changes.changes().stream().anyMatch(change -> !change.object().isEmpty());
        changes.changes().forEach(change -> rows.add(row(change, withObjects)));
        terminal.columns(rows).forEach(line -> lines.add("  " + line));
        if (changes.changes().isEmpty()) {
            lines.add("  nothing differs" + (changes.same() == 0 ? ": there are no clocks" : ""));
        } else if (changes.same() > 0) {
            lines.add("  " + changes.same() + (changes.same() == 1 ? " clock is" : " clocks are") + " the same");
        }
    }

    private static List<Cell> row(Change change, boolean withObjects) {
        List<String> rest = new ArrayList<>();
        if (!change.isGone()) {
            add(rest, "due", change.due());
            add(rest, "breached", change.breached());
        }
        if (!change.isGone() && !change.isNew()) {
            add(rest, "cycles", change.cycles());
        }
        if (!change.other().isEmpty()) {
            rest.add((rest.isEmpty() ? "only " : "also ") + String.join(", ", change.other()));
        }
        List<Cell> row = new ArrayList<>();
        row.add(cell(change.policy()));
        if (withObjects) {
            row.add(cell(change.object()));
        }
        Values state = change.state();
        row.add(
                state.differ()
                        ? cell(state.before() + " -> " + state.after(), ClockListing.style(state.after()))
                        : cell(state.after()));
        row.add(cell(String.join("; ", rest)));
        return row;
    }

    private static void add(List<String> rest, String name, Values values) {
        if (values.differ()) {
            rest.add(name + " " + values.before() + " -> " + values.after());
        }
    }
}
