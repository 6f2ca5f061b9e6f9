package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.DealDetails.text;
import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows what another rule set would change. */
public final class WhatIfListing {

    private static final String STAGE = "stage";

    private static final String OUTCOME = "outcome";

    private final TerminalText terminal;

    private final List<String> lines = new ArrayList<>();

    private WhatIfListing(TerminalText terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows the answer of the service.
     *
     * @param job with its report
     * @param limit how many of the changed deals to show
     * @return lines
     */
    public static List<String> lines(TerminalText terminal, JsonNode job, int limit) {
        WhatIfListing listing = new WhatIfListing(terminal);
        listing.summary(job, job.path("report"));
        listing.moves("STAGE", job.path("report").path("stages"));
        listing.moves("OUTCOME", job.path("report").path("outcomes"));
        listing.samples(job.path("report"), limit);
        return listing.lines;
    }

    private void summary(JsonNode job, JsonNode report) {
        lines.add(terminal.line(
                cell(text(job, "rule_set"), Style.bold),
                cell("instead of"),
                cell(text(job, "compared_with"), Style.bold)));
        lines.add(String.format(
                Locale.ROOT,
                "%,d deals: %,d in another stage (%.1f %%), %,d with other gaps; %,d differ in all",
                report.path("deals").longValue(),
                report.path("moved").longValue(),
                100 * report.path("share").doubleValue(),
                report.path("gaps_changed").longValue(),
                report.path("changed").longValue()));
        long leftOut = report.path("left_out").longValue();
        if (leftOut > 0) {
            lines.add(String.format(Locale.ROOT, "%,d deals with too many facts are left out", leftOut));
        }
    }

    /** The changes, the most frequent first. */
    private void moves(String what, JsonNode moves) {
        List<JsonNode> changes = moves.valueStream()
                .filter(move -> !text(move, "from").equals(text(move, "to")))
                .sorted(Comparator.comparingLong(
                        (JsonNode move) -> -move.path("deals").longValue()))
                .toList();
        if (changes.isEmpty()) {
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(List.of(cell(what + " NOW", Style.bold), cell("THEN", Style.bold), cell("DEALS", Style.bold)));
        changes.forEach(move -> rows.add(List.of(
                cell(text(move, "from")),
                cell(text(move, "to"), Style.fg_cyan),
                cell(String.format(Locale.ROOT, "%,d", move.path("deals").longValue())))));
        lines.add("");
        lines.addAll(terminal.columns(rows));
    }

    private void samples(JsonNode report, int limit) {
        JsonNode samples = report.path("samples");
        if (samples.isEmpty() || limit == 0) {
            return;
        }
        lines.add("");
        samples.valueStream().limit(limit).forEach(this::sample);
        long more = report.path("changed").longValue() - Math.min(limit, samples.size());
        if (more > 0) {
            lines.add(String.format(Locale.ROOT, "... and %,d more", more));
        }
    }

    private void sample(JsonNode sample) {
        JsonNode from = sample.path("from");
        JsonNode to = sample.path("to");
        List<String> differences = new ArrayList<>();
        differences.add(change(text(from, STAGE), text(to, STAGE)));
        differences.add(change(text(from, OUTCOME), text(to, OUTCOME)));
        if (!from.path("gaps").equals(to.path("gaps"))) {
            differences.add("gaps " + change(gaps(from), gaps(to)));
        }
        lines.add(terminal.line(cell(text(sample, "root"), Style.bold), cell(String.join(", ", differences))));
        sample.path("evidence")
                .forEach(fact -> lines.add("  "
                        + terminal.line(
                                cell(text(fact, "occurred_at")),
                                cell(text(fact, "object")),
                                cell(text(fact, "status")))));
    }

    private static String gaps(JsonNode standing) {
        String gaps =
                standing.path("gaps").valueStream().map(JsonNode::asString).collect(Collectors.joining("+"));
        return gaps.isEmpty() ? "none" : gaps;
    }

    private static String change(String from, String to) {
        return from.equals(to) ? from : from + " -> " + to;
    }
}
