package io.masterdeal.app.command;

import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.app.ask.TrialListing;
import io.masterdeal.app.report.SlaReportWriter;
import io.masterdeal.app.trial.DealTrial;
import io.masterdeal.app.trial.LogFacts;
import io.masterdeal.app.trial.LogTrial;
import io.masterdeal.contracts.text.Rfc3339;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaPolicySet;
import io.masterdeal.rulesets.sla.InvalidSlaFileException;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what SLA policies would give before a platform uses them: which clocks would differ from what the present"
                    + " policies give, and how. Nothing is changed.",
            "With --deal it asks a running platform about one of its deals; without --calendars the policies then get the calendars"
                    + " that the platform uses. With --log it reads an event log as 'replay' does, and no platform has to run;"
                    + " all facts of the log have to fit into memory."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal sla try our-policies.yaml --deal crm:deal:D-1",
            "  ./masterdeal sla try our-policies.yaml --log samples/deals.csv --mapping samples/deals.mapping.json"
                    + " --at 2026-02-20T12:00:00Z"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown, whether anything differs or not",
            "1:there is no such deal, the policies cannot be used, or it failed; the message says why",
            "2:wrong usage",
            "3:shown, but parts of the log were unreadable or refused; the messages say which"
        })
final class SlaTryCommand implements Callable<Integer> {

    private static final int INCOMPLETE = 3;

    private static final int MOST_PROBLEMS_PRINTED = 20;

    private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SlaFileOptions file = new SlaFileOptions();

    @Option(
            names = "--deal",
            paramLabel = "ID",
            description = "A deal of the running platform: its id, or the key of any of its objects.")
    private @Nullable String deal;

    @Option(
            names = "--log",
            paramLabel = "LOG",
            description = "An event log, as for 'replay'; not needed if the mapping names its sources.")
    private @Nullable Path log;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "How the log becomes domain events. A file of events needs none.")
    private @Nullable Path mapping;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "The instant of the clocks, such as 2026-04-06T12:00:00Z (default: now).")
    private @Nullable String at;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "With a log: the present policies (default: the bundled ones; none if they do not fit the rule set).")
    private @Nullable String against;

    @Option(
            names = "--against-calendars",
            paramLabel = "FILE",
            description = "With a log: the calendars of the present policies (default: the bundled ones).")
    private @Nullable String againstCalendars;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "With a log: where to write all clocks that the policies would give, a line a deal; .gz is compressed.")
    private @Nullable Path report;

    @Option(names = "--json", description = "With --deal: print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean hasLog = log != null || mapping != null;
        if (deal == null && !hasLog) {
            throw wrongUsage("Name a deal of the running platform (--deal), or an event log (--log, --mapping).");
        }
        if (deal != null
                && (hasLog || file.hasRules() || against != null || againstCalendars != null || report != null)) {
            throw wrongUsage(
                    "--deal asks the running platform, with its rule set and against its policies: it goes with"
                            + " --calendars, --at, --json and --data only.");
        }
        if (deal == null && json) {
            throw wrongUsage("--json prints the answer about a deal (--deal); for a log there is --report.");
        }
        return deal == null ? tryLog(instant()) : tryDeal(deal);
    }

    private int tryDeal(String id) throws InterruptedException {
        if (at != null) {
            instant(); // Wrong usage is told before anybody is asked.
        }
        var policies = new DealTrial.Source(file.policies(), SlaFiles.policiesText(file.policies()));
        String named = file.calendars();
        var calendars = named == null ? null : new DealTrial.Source(named, SlaFiles.calendarsText(named));
        JsonNode trial = new DealTrial(RoleClients.service(data.path(), "operator")).run(id, at, policies, calendars);
        print(json ? List.of(trial.toString()) : TrialListing.lines(terminal(), trial));
        return CommandLine.ExitCode.OK;
    }

    private int tryLog(Instant instant) throws IOException {
        RuleSet rules = file.rules();
        SlaEvaluator tried = file.load(rules);
        SlaEvaluator present = present(rules);
        try (SlaReportWriter reports = reports()) {
            LogFacts facts = LogFacts.read(log, mapping, problems());
            LogTrial trial = LogTrial.run(facts, present, tried, instant, reports);
            if (reports != null) {
                reports.end(Rfc3339.format(instant), tried.label(), rules.name());
            }
            print(TrialListing.lines(
                    terminal(), trial, Rfc3339.format(instant), rules.label(), present.label(), tried.label()));
            return facts.problems() == 0 ? CommandLine.ExitCode.OK : INCOMPLETE;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** As a service does it: bundled policies that do not fit the rule set are none. */
    private SlaEvaluator present(RuleSet rules) {
        String calendars = againstCalendars == null ? SlaFiles.DEFAULT : againstCalendars;
        if (against != null) {
            return SlaFiles.load(against, calendars, rules);
        }
        try {
            return SlaFiles.load(SlaFiles.DEFAULT, calendars, rules);
        } catch (InvalidSlaFileException e) {
            if (againstCalendars != null) {
                throw e;
            }
            return new SlaEvaluator(rules, new SlaPolicySet("none", 0, List.of()), Map.of());
        }
    }

    private @Nullable SlaReportWriter reports() {
        if (report == null) {
            return null;
        }
        try {
            return new SlaReportWriter(report);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The report cannot be written to " + report + ": name a file in a directory you may write to.",
                    e);
        }
    }

    private Consumer<String> problems() {
        PrintWriter err = spec.commandLine().getErr();
        long[] told = {0};
        return problem -> {
            told[0]++;
            if (told[0] <= MOST_PROBLEMS_PRINTED) {
                err.println(problem);
            } else if (told[0] == MOST_PROBLEMS_PRINTED + 1) {
                err.println("... and more, which are not printed");
            }
            err.flush();
        };
    }

    private Instant instant() {
        if (at == null) {
            return Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }
        try {
            Instant instant = OffsetDateTime.parse(at).toInstant();
            if (!instant.isBefore(Instant.EPOCH)
                    && instant.isBefore(END)
                    && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), wrongInstant(), e);
        }
        throw wrongUsage(wrongInstant());
    }

    private String wrongInstant() {
        return "--at is an instant like 2026-04-06T12:00:00Z, from 1970 to 2199, at most milliseconds; not '" + at
                + "'.";
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private TerminalText terminal() {
        return new TerminalText(spec.commandLine().getColorScheme().ansi());
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
