package io.masterdeal.app.command;

import io.masterdeal.app.ask.LedgerListing;
import io.masterdeal.app.ask.QueryString;
import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how many deliveries of each subscription are in which state.",
            "'ledger verify' proves that every event is accounted for."
        },
        footer = {"", "Examples:", "  ./masterdeal ledger", "  ./masterdeal ledger verify --since 2026-03-01T00:00:00Z"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:failed; the message says why", "2:wrong usage"})
final class LedgerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Range range = new Range();

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    /** A time range, in whole hours. */
    static final class Range {
        @Option(names = "--since", paramLabel = "TIME", description = "From the hour of this time on, in UTC.")
        @Nullable
        Instant since;

        @Option(names = "--until", paramLabel = "TIME", description = "To the end of the hour of this time, in UTC.")
        @Nullable
        Instant until;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode sums = RoleClients.router(data.path(), "reader")
                .get(new QueryString()
                        .add("since", range.since)
                        .add("until", range.until)
                        .after("/ledger"));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(sums);
        } else if (sums.path("items").isEmpty()) {
            out.println("Nothing was routed in that time.");
        } else {
            LedgerListing.lines(
                            new TerminalText(spec.commandLine().getColorScheme().ansi()), sums.path("items"))
                    .forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Proves that every event is accounted for: that the ledger's sums match the offsets of each topic, and, hour by hour,"
                        + " that each record in Kafka has a delivery for exactly those subscriptions whose types include it.",
                "Prints every difference. Safe at any time; deliveries go on meanwhile."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:every event is accounted for",
                "1:something differs, or it failed; the output says what",
                "2:wrong usage"
            })
    Integer verify(
            @Mixin Range range,
            @Option(
                            names = "--sums-only",
                            description =
                                    "Do not read Kafka again: quick, and enough to see that no event was skipped.")
                    boolean sumsOnly,
            @Mixin DataOption data)
            throws InterruptedException {
        PlatformClient router = RoleClients.router(data.path(), "reader");
        JsonNode sums = router.get(new QueryString()
                .add("since", range.since)
                .add("until", range.until)
                .after("/ledger/verify"));
        PrintWriter out = spec.commandLine().getOut();
        long differences = tell(out, sums);
        long records = 0;
        if (!sumsOnly && sums.has("first_hour")) {
            Instant last = Instant.parse(sums.path("last_hour").stringValue());
            for (Instant hour = Instant.parse(sums.path("first_hour").stringValue());
                    !hour.isAfter(last);
                    hour = hour.plus(1, ChronoUnit.HOURS)) {
                JsonNode compared = router.get(new QueryString()
                        .add("since", hour)
                        .add("until", hour)
                        .add("against", "kafka")
                        .after("/ledger/verify"));
                records += compared.path("records").longValue();
                differences += tell(out, compared);
                tellGone(out, compared.path("gone"));
                spec.commandLine().getErr().println(hour + ": " + records + " records so far");
                spec.commandLine().getErr().flush();
            }
        }
        out.println(differences == 0 ? "Every event is accounted for." : differences + " things do not fit.");
        if (!sumsOnly) {
            out.println(records + " records of Kafka were compared.");
        }
        out.flush();
        return differences == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static long tell(PrintWriter out, JsonNode verdict) {
        verdict.path("differences").forEach(it -> out.println(LedgerListing.difference(it)));
        return verdict.path("differences").size();
    }

    /** Deleted records can be neither right nor wrong: they are listed, so that nobody takes them for compared. */
    private static void tellGone(PrintWriter out, JsonNode gone) {
        gone.forEach(it -> out.println("not compared, Kafka has it no more: "
                + TerminalText.clean(it.path("topic").asString("")) + "/" + it.path("partition")
                + " offsets " + it.path("from_offset") + " to " + it.path("to_offset")));
    }
}
