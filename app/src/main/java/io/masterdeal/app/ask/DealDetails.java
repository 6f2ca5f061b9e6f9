package io.masterdeal.app.ask;

import static io.masterdeal.app.ask.TerminalText.cell;

import io.masterdeal.app.ask.TerminalText.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import tools.jackson.databind.JsonNode;

/** Shows one deal: where it stands, and why. */
public final class DealDetails {
    private static final IStyle[] PLAIN = {};
    private static final IStyle[] FAINT = {Style.faint};
    private static final IStyle[] BOLD = {Style.bold};

    private final TerminalText terminal;
    private final List<String> lines = new ArrayList<>();

    private DealDetails(TerminalText terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows the deal.
     *
     * @param deal from the service's answer
     * @param facts facts of the timeline's evidence by event id, in the form of {@code /facts}, as far as known
     * @param effects a page of effects; null to leave them out
     * @return lines
     */
    public static List<String> lines(
            TerminalText terminal, JsonNode deal, Map<String, JsonNode> facts, @Nullable JsonNode effects) {
        var details = new DealDetails(terminal);
        details.standing(deal);
        details.timeline(deal, facts);
        details.outcome(deal, facts);
        details.clocks(deal);
        details.attributes(deal);
        details.objects(deal);
        if (effects != null) {
            details.effects(effects);
        }
        return details.lines;
    }

    private void standing(JsonNode deal) {
        lines.add(terminal.line(cell(text(deal, "root"), BOLD), cell(text(deal, "master_deal_id"), FAINT)));
        var rows = new ArrayList<List<Cell>>();
        String since = text(deal, "stage_since");
        rows.add(List.of(
                cell("stage"),
                cell(text(deal, "stage"), Style.bold, Style.fg_cyan),
                cell(since.isEmpty() ? "" : "since " + since)));
        rows.add(List.of(cell("outcome"), cell(text(deal, "outcome"), outcome(text(deal, "outcome")))));
        String gaps = list(deal.path("gaps"));
        rows.add(List.of(
                cell("gaps"),
                gaps.isEmpty() ? cell("none") : cell(gaps + " (skipped, or taken back since)", Style.fg_yellow)));
        if (deal.path("contradictory").asBoolean(false)) {
            rows.add(List.of(
                    cell("contradiction"),
                    cell(
                            "closed, and yet " + text(deal, "outcome") + ": for people to resolve",
                            Style.bold,
                            Style.fg_red)));
        }
        rows.add(List.of(cell("facts"), cell(text(deal, "facts"))));
        if (deal.has("known_at")) {
            knowledge(deal, rows);
        } else {
            rows.add(List.of(
                    cell("revision"), cell(text(deal, "revision") + ", by rule set " + text(deal, "rule_set"))));
        }
        indented(rows);
        if (deal.has("not_reproducible")) {
            lines.add("  " + terminal.line(cell(text(deal, "not_reproducible"), FAINT)));
        }
    }

    /** Of an earlier instant: which one, by which rules, and what may be missing. */
    private static void knowledge(JsonNode deal, List<List<Cell>> rows) {
        JsonNode rules = deal.path("rules");
        rows.add(List.of(cell("known at"), cell(text(deal, "known_at"), BOLD)));
        rows.add(List.of(
                cell("rules"),
                cell(text(rules, "identity")
                        + (text(rules, "asked").equals("now") ? ", those of today" : "")
                        + (rules.has("active_from") ? ", in use from " + text(rules, "active_from") : ""))));
        if (rules.has("note")) {
            rows.add(List.of(cell(""), cell(text(rules, "note"), Style.fg_yellow)));
        }
        if (!deal.path("conflicts").isEmpty()) {
            rows.add(List.of(cell("conflicts"), cell(list(deal.path("conflicts")), Style.fg_yellow)));
        }
        if (deal.path("read_again").asInt(0) > 0) {
            rows.add(List.of(
                    cell("read again"),
                    cell(
                            text(deal, "read_again") + " facts were received again after a restore; once they had been"
                                    + " received earlier, perhaps before this instant",
                            Style.fg_yellow)));
        }
    }

    private void timeline(JsonNode deal, Map<String, JsonNode> facts) {
        heading("Timeline");
        if (deal.path("timeline").isEmpty()) {
            lines.add("  no condition of any stage has held so far");
        }
        for (JsonNode step : deal.path("timeline")) {
            boolean back = text(step, "direction").equals("backward");
            lines.add("  "
                    + terminal.line(
                            cell(text(step, "effective_at")),
                            cell(back ? "back to" : "on to"),
                            cell(text(step, "stage"), Style.bold, back ? Style.fg_yellow : Style.fg_green)));
            evidence(step, facts);
        }
    }

    /** Why it is lost, won, or open again; nothing for a deal that was always open. */
    private void outcome(JsonNode deal, Map<String, JsonNode> facts) {
        JsonNode finding = deal.path("outcome_finding");
        if (finding.isEmpty()) {
            return;
        }
        heading("Outcome");
        lines.add("  "
                + terminal.line(
                        cell(text(finding, "since")),
                        cell("on"),
                        cell(text(deal, "outcome"), outcome(text(deal, "outcome")))));
        evidence(finding, facts);
    }

    private void evidence(JsonNode of, Map<String, JsonNode> facts) {
        var rows = new ArrayList<List<Cell>>();
        of.path("evidence").forEach(id -> rows.addAll(evidence(id.asString(""), facts.get(id.asString("")))));
        terminal.columns(rows).forEach(line -> lines.add("      " + line));
    }

    private static List<List<Cell>> evidence(String id, @Nullable JsonNode entries) {
        if (entries == null) {
            return List.of(List.of(cell(id, FAINT)));
        }
        var rows = new ArrayList<List<Cell>>();
        for (JsonNode fact : entries) {
            String remark = fact.path("retracted").asBoolean(false)
                    ? "taken back"
                    : entries.size() > 1 ? "one of " + entries.size() + " contents" : "";
            rows.add(List.of(
                    cell(text(fact, "type")),
                    cell(text(fact, "subject")),
                    cell(text(fact, "occurred_at")),
                    cell(id, FAINT),
                    cell(remark, Style.fg_red)));
        }
        return rows;
    }

    /** Nothing for a deal of which no clock has started. */
    private void clocks(JsonNode deal) {
        if (!deal.path("sla").isEmpty()) {
            heading("Clocks");
            indented(ClockListing.rows(deal.path("sla")));
        }
    }

    /** Nothing for a deal of whose attributes no fact has one. */
    private void attributes(JsonNode deal) {
        if (!deal.path("attributes").isEmpty()) {
            heading("Attributes");
            var rows = new ArrayList<List<Cell>>();
            deal.path("attributes")
                    .properties()
                    .forEach(each -> rows.add(
                            List.of(cell(each.getKey()), cell(each.getValue().asString("")))));
            indented(rows);
        }
    }

    private void objects(JsonNode deal) {
        heading("Objects");
        var rows = new ArrayList<List<Cell>>();
        for (JsonNode object : deal.path("objects")) {
            String status = text(object, "status");
            rows.add(List.of(cell(text(object, "key")), status.isEmpty() ? cell("no status", FAINT) : cell(status)));
        }
        indented(rows);
    }

    private void effects(JsonNode effects) {
        heading("Effects");
        if (effects.path("items").isEmpty()) {
            lines.add("  none");
        }
        var rows = new ArrayList<List<Cell>>();
        for (JsonNode effect : effects.path("items")) {
            String attempts = text(effect, "attempts");
            rows.add(List.of(
                    cell(text(effect, "reaction")),
                    cell(text(effect, "state"), state(text(effect, "state"))),
                    cell(attempts + (attempts.equals("1") ? " attempt" : " attempts")),
                    cell(text(effect, "id"), FAINT),
                    cell(why(effect))));
        }
        indented(rows);
        if (effects.has("next")) {
            lines.add("  and more");
        }
    }

    /** Why it is suppressed or failed, with the answer of the other system, if there was one. */
    private static String why(JsonNode effect) {
        String reason = text(effect, "reason");
        String said = text(effect, "last_error");
        return reason.isEmpty() || said.isEmpty() ? reason : reason + ": " + said;
    }

    private void heading(String text) {
        lines.add("");
        lines.add(terminal.line(cell(text, Style.bold, Style.underline)));
    }

    private void indented(List<List<Cell>> rows) {
        terminal.columns(rows).forEach(line -> lines.add("  " + line));
    }

    static IStyle[] outcome(String outcome) {
        return switch (outcome) {
            case "won" -> new IStyle[] {Style.fg_green};
            case "lost", "cancelled" -> new IStyle[] {Style.fg_red};
            default -> PLAIN;
        };
    }

    private static IStyle[] state(String state) {
        return switch (state) {
            case "done" -> new IStyle[] {Style.fg_green};
            case "failed" -> new IStyle[] {Style.fg_red};
            case "suppressed" -> new IStyle[] {Style.fg_yellow};
            default -> PLAIN;
        };
    }

    static String list(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(text -> text.asString(""))
                .collect(Collectors.joining(", "));
    }

    static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
