package io.masterdeal.app.command;

import io.masterdeal.app.ask.ClockColumns;
import io.masterdeal.app.ask.ClockSearch;
import io.masterdeal.app.ask.ClockSearch.Found;
import io.masterdeal.app.ask.ClockSearch.Which;
import io.masterdeal.app.ask.TerminalText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;

@Command(
        name = "sla",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the clocks of all deals that are not done, by the time they are due: what is late and what will be.",
            "'summary' counts clocks, 'show' shows the clocks of a deal, 'arrival' when its facts arrived; 'check' and 'try' examine policies before a platform uses them."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal sla --at-risk",
            "  ./masterdeal sla --breached --domain legal",
            "  ./masterdeal sla summary --by domain"
        },
        subcommands = {
            SlaSummaryCommand.class,
            SlaShowCommand.class,
            SlaArrivalCommand.class,
            SlaCheckCommand.class,
            SlaTryCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed, even if there are none", "1:failed; the message says why", "2:wrong usage"})
final class SlaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--at-risk",
            description = "Only clocks that have passed a warning, and are neither done nor breached.")
    private boolean atRisk;

    @Option(
            names = "--breached",
            description = "Clocks that took longer than their target instead, done or not; the newest"
                    + " breach comes first.")
    private boolean breached;

    @Mixin
    private ClockFilterOptions clocks = new ClockFilterOptions();

    @Mixin
    private ListOptions list = new ListOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        if (atRisk && breached) {
            throw new ParameterException(spec.commandLine(), "Give either --at-risk or --breached.");
        }
        Which which = atRisk ? Which.AT_RISK : breached ? Which.BREACHED : Which.OPEN;
        var search = new ClockSearch(RoleClients.service(data.path(), "reader"));
        Found found = search.find(which, clocks.filter(), list.limit());
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            var answer = JsonMapper.shared().createObjectNode();
            ArrayNode items = answer.putArray("items");
            found.clocks().forEach(items::add);
            out.println(answer);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            if (!found.clocks().isEmpty()) {
                ClockColumns.lines(terminal, found.clocks()).forEach(out::println);
                out.println();
            }
            out.println(rest(which, found, search.total(clocks.filter()).orElse(MissingNode.getInstance())));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static String rest(Which which, Found found, JsonNode total) {
        String rest = "";
        if (found.clocks().isEmpty()) {
            rest = switch (which) {
                case OPEN -> "No clock is open.";
                case AT_RISK -> "No clock is at risk.";
                case BREACHED -> "No clock is breached.";
            };
        } else if (found.isMore()) {
            long more = more(which, found, total);
            rest = (more == 1 ? "There is 1" : more > 0 ? "There are %,d".formatted(more) : "There are")
                    + " more; --limit shows up to 1000.";
        }
        String all = total.isMissingNode()
                ? ""
                : "In all: %,d running, %,d paused, %,d at risk, %,d breached."
                        .formatted(
                                total.path("running").longValue(),
                                total.path("paused").longValue(),
                                total.path("at_risk").longValue(),
                                total.path("breached").longValue());
        return (rest + " " + all).strip();
    }

    /** 0 if it is not known: how many of the breached clocks are open is not counted. */
    private static long more(Which which, Found found, JsonNode total) {
        return switch (which) {
            case OPEN -> 0;
            case AT_RISK -> total.path("at_risk").longValue() - found.clocks().size();
            case BREACHED -> total.path("breached").longValue() - found.clocks().size();
        };
    }
}
