package io.masterdeal.app.command;

import io.masterdeal.app.platform.ExternalParts;
import io.masterdeal.app.platform.Platform;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.app.platform.PlatformOptions;
import io.masterdeal.app.platform.Role;
import io.masterdeal.app.platform.TemporaryDirectory;
import io.masterdeal.app.replay.LogReplay;
import io.masterdeal.app.replay.log.EventLogs;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.rulesets.RuleSets;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends an event log to a platform as its domains would, waits until every event is accounted for, and writes the"
                    + " service's answers: one line a deal, which is the same for the same facts, whatever their order and"
                    + " number of copies.",
            "The report has all deals that the platform knows. Events are marked as replayed."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal replay samples/deals.csv --mapping samples/deals.mapping.json --local",
            "  ./masterdeal replay samples/events.jsonl --local --shuffle 1 --duplicates 20 --report report.jsonl"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of the log was taken, and the report is written",
            "1:failed; the message says why",
            "2:wrong usage",
            "3:the report is written, but parts of the log were unreadable or refused; the messages say which",
            "130:ended by Ctrl-C (143: by a TERM signal)"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final int INCOMPLETE = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            description =
                    "The event log: XES, CSV, or CloudEvents as JSON lines; gzip or not. Not needed if the mapping"
                            + " names its sources.")
    private @Nullable Path log;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "How the log becomes domain events. A file of events needs none.")
    private @Nullable Path mapping;

    @Option(
            names = "--rules",
            paramLabel = "NAME|FILE",
            description = "The rule set of the platform that --local starts, or that the running platform must have.")
    private @Nullable String rules;

    @Option(names = "--shuffle", paramLabel = "SEED", description = "Send the events in a random order.")
    private @Nullable Long shuffle;

    @Option(
            names = "--duplicates",
            paramLabel = "PCT",
            defaultValue = "0",
            description = "Percentage of events that are sent twice.")
    private double duplicates;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where the report goes; .gz is compressed, - is standard output (default).")
    private Path report = Path.of("-");

    @Mixin
    private SlaReportOptions sla = new SlaReportOptions();

    @Option(
            names = "--local",
            description =
                    "Into a throw-away platform that is started for it; otherwise into the one that runs with --data.")
    private boolean local;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (log == null && mapping == null) {
            throw new ParameterException(spec.commandLine(), "Name an event log, or a mapping that names its sources.");
        }
        if (duplicates < 0 || duplicates > 1000) {
            throw new ParameterException(spec.commandLine(), "--duplicates is 0 to 1000, not " + duplicates + ".");
        }
        checkFiles();
        if (rules != null) {
            RuleSets.load(rules); // Fails before anything is started.
        }
        sla.check(spec.commandLine(), rules, local);
        if (!local) {
            PlatformAddresses running = PlatformAddresses.read(data.path());
            checkRules(running);
            return replay(running);
        }
        try (TemporaryDirectory directory = TemporaryDirectory.unless(data.isGiven() ? data.path() : null)) {
            try (Platform platform = Platform.start(throwAway(directory.path()), this::tell)) {
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(platform, directory)));
                return platform.whileItRuns(() -> replay(platform.addresses()));
            } catch (RuntimeException | IOException e) {
                directory.keep();
                tell("its data and logs are kept in " + directory.path());
                throw e;
            }
        }
    }

    /** Fails before anything is started or sent. */
    private void checkFiles() throws IOException {
        EventLogs.open(log, mapping, _ -> {}).close();
        if (report.toString().equals("-")) {
            return;
        }
        Path directory = report.toAbsolutePath().getParent();
        if (directory == null || !Files.isWritable(directory) || Files.isDirectory(report)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The report cannot be written to " + report + ": name a file in a directory you may write to.");
        }
    }

    /** Ctrl-C does not unwind the stack, so a shutdown hook closes both; closing twice does no harm. */
    private static void stop(Platform platform, TemporaryDirectory directory) {
        platform.close();
        directory.close();
    }

    private PlatformOptions throwAway(Path directory) {
        return new PlatformOptions(
                directory,
                Role.WITHOUT_PAGES,
                Map.of(),
                rules == null ? "default" : rules,
                ExternalParts.NONE,
                sla.settings());
    }

    private void checkRules(PlatformAddresses running) throws InterruptedException {
        if (rules == null || running.service() == null) {
            return;
        }
        String wanted = RuleSets.identity(rules);
        String actual = new PlatformClient(running.service(), ApiKeys.read(running.apiKeys(), "reader"))
                .get("/summary")
                .path("rule_set")
                .stringValue();
        if (!wanted.equals(actual)) {
            throw new PlatformException("the running platform makes its answers with rule set " + actual + ", not "
                    + wanted + ". Start it with 'up --rules " + rules + "', or replay with --local.");
        }
    }

    private int replay(PlatformAddresses platform) throws IOException, InterruptedException {
        LogReplay.Result result = new LogReplay(platform, spec.commandLine().getErr(), isTerminal())
                .run(new LogReplay.Request(log, mapping, shuffle, duplicates, report));
        sla.write(new PlatformClient(
                Objects.requireNonNull(platform.service()), ApiKeys.read(platform.apiKeys(), "reader")));
        tell(String.format(
                "%,d deals; %,d events sent, %,d refused, %,d parts of the log unreadable",
                result.deals(), result.sent(), result.refused(), result.unreadable()));
        return result.isComplete() ? CommandLine.ExitCode.OK : INCOMPLETE;
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
