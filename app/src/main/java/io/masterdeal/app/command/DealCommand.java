package io.masterdeal.app.command;

import io.masterdeal.app.ask.DealDetails;
import io.masterdeal.app.ask.DealLookup;
import io.masterdeal.app.ask.DealParts;
import io.masterdeal.app.ask.LearnedListing;
import io.masterdeal.app.ask.PastLookup;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "deal",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where a deal stands, and why: its timeline with the facts behind each step, its objects, and its effects"
                    + " on other systems.",
            "With --facts, --objects or --revisions it lists these instead, page by page.",
            "In colour on a terminal, unless NO_COLOR is set."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal deal crm:deal:D-1",
            "  ./masterdeal deal docflow:contract:K/9 --json",
            "  ./masterdeal deal crm:deal:D-1 --facts --limit 50",
            "  ./masterdeal deal crm:deal:D-1 --known-at 2026-05-03",
            "  ./masterdeal deal crm:deal:D-1 --learned 2026-05-01..2026-05-03"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:there is no such deal, or it failed; the message says why", "2:wrong usage"})
final class DealCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The deal's id, or the key of any of its objects.")
    private String id = "";

    @ArgGroup
    private @Nullable DealPartOptions part;

    @Mixin
    private ListOptions list = new ListOptions();

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "The next page of a list, as printed below the previous one.")
    private @Nullable String cursor;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PastOptions past = new PastOptions();

    @Override
    public Integer call() throws InterruptedException {
        check();
        PlatformClient service = RoleClients.service(data.path(), "reader");
        var questions = new DealLookup(service);
        if (part != null) {
            show(
                    part,
                    questions.part(id, part.part(), list.limit(), cursor),
                    spec.commandLine().getOut());
            return CommandLine.ExitCode.OK;
        }
        String from = past.from();
        if (from != null) {
            show(new PastLookup(service).learned(id, from, past.to(), past.terms()), LearnedListing::lines);
            return CommandLine.ExitCode.OK;
        }
        String at = past.knownAt();
        if (at != null) {
            JsonNode deal = new PastLookup(service).asOf(id, at, past.terms());
            show(deal, (terminal, it) -> DealDetails.lines(terminal, it, questions.evidence(it), null));
        } else {
            show(
                    questions.deal(id),
                    (terminal, deal) -> DealDetails.lines(
                            terminal,
                            deal,
                            questions.evidence(deal),
                            questions.effects(deal).orElse(null)));
        }
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        past.check();
        if (part == null && cursor != null) {
            throw new ParameterException(
                    spec.commandLine(), "--cursor is for a list: --facts, --objects or --revisions.");
        }
        if (part != null && (past.knownAt() != null || past.from() != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    part.option() + " shows what there is today: leave --known-at and --learned out.");
        }
    }

    private void show(DealPartOptions shown, JsonNode page, PrintWriter out) {
        if (list.json()) {
            out.println(page);
        } else if (page.path("items").isEmpty()) {
            out.println("There are none.");
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            DealParts.lines(terminal, shown.part(), page).forEach(out::println);
            if (page.has("next")) {
                var next = new StringJoiner(" ")
                        .add("./masterdeal deal")
                        .add(ShellWord.of(id))
                        .add(shown.option())
                        .add("--limit " + list.limit());
                if (data.isGiven()) {
                    next.add("--data " + ShellWord.of(data.path().toString()));
                }
                out.println();
                out.println("The next page: " + next + " --cursor "
                        + page.path("next").asString(""));
            }
        }
        out.flush();
    }

    /** Makes lines of an answer. */
    @FunctionalInterface
    private interface Layout {
        List<String> lines(TerminalText terminal, JsonNode answer) throws InterruptedException;
    }

    private void show(JsonNode answer, Layout layout) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list.json()) {
            out.println(answer);
        } else {
            var terminal = new TerminalText(spec.commandLine().getColorScheme().ansi());
            layout.lines(terminal, answer).forEach(out::println);
        }
        out.flush();
    }
}
