package io.masterdeal.app.command;

import io.masterdeal.app.demo.Demo;
import io.masterdeal.app.demo.DemoDisplay;
import io.masterdeal.app.demo.DemoSla;
import io.masterdeal.app.demo.DemoSummary;
import io.masterdeal.app.demo.SimulationSettings;
import io.masterdeal.app.platform.ExternalParts;
import io.masterdeal.app.platform.Platform;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformOptions;
import io.masterdeal.app.platform.Role;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Six simulated systems do business with each other through a whole platform, and you watch the deals move.",
            "Everything is started on this machine; nothing listens beyond it."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal demo                                  one deal a second until Ctrl-C",
            "  ./masterdeal demo --deals 200 --once --seed 7      200 deals, then a summary",
            "  ./masterdeal demo --deals 200 --once --lose 10     finds the deals whose events were lost"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:with --once: every deal stands where the six systems believe it does, every event and delivery is accounted for",
            "1:with --once: something differs, and is printed; or it does not start, or a server died; the message says why",
            "2:wrong usage",
            "130:ended by Ctrl-C (143: by a TERM signal)"
        })
final class DemoCommand implements Callable<Integer> {

    private static final String RULES = "default";

    private static final double ENDLESS_RATE = 1;

    private static final double ONCE_RATE = 10;

    private static final int TAG_RADIX = 36;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--deals",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many deals to start (default: 0, no end; with --once 50).")
    private int deals;

    @Option(names = "--rate", paramLabel = "R", description = "New deals a second (default: 1; with --once 10).")
    private @Nullable Double rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides the stories, and what happens to the n-th event (default: 1).")
    private long seed;

    @Option(
            names = "--once",
            description = "End when every story has ended and nothing is in flight; compare and print a summary.")
    private boolean once;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "With --once: the longest duration, such as 90s or 10m (default: 10m).")
    private String timeout = "10m";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory, kept between runs (default: 'demo-data' beside the launcher).")
    private @Nullable Path data;

    @Mixin
    private final FaultInjectionOptions faults = new FaultInjectionOptions();

    @Mixin
    private final AcceptMovesOption acceptMoves = new AcceptMovesOption();

    @Mixin
    private final SlaOptions sla = new SlaOptions();

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "With --once: write every event the systems emitted, one CloudEvent a line.")
    private @Nullable Path events;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "With --once: write the service's answers, one line a deal.")
    private @Nullable Path report;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where the gateway listens (default: 0, a free one).")
    private int gatewayPort;

    @Option(
            names = "--router-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where the router listens (default: 0, a free one).")
    private int routerPort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where the console listens, the pages for people (default: 0, a free one).")
    private int consolePort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration patience = check();
        Path directory = directory();
        PrintWriter err = spec.commandLine().getErr();
        RuleSet rules = RuleSets.load(RULES);
        Map<String, String> slaSettings = slaSettings(directory);
        SlaEvaluator policies = SlaFiles.load(
                slaSettings.getOrDefault("masterdeal.service.sla.policies", SlaFiles.DEFAULT),
                slaSettings.getOrDefault("masterdeal.service.sla.calendars", SlaFiles.DEFAULT),
                rules);
        Map<String, String> settings = new HashMap<>(acceptMoves.settings(spec.commandLine()));
        settings.putAll(slaSettings);
        PlatformOptions options = new PlatformOptions(
                directory,
                EnumSet.allOf(Role.class),
                Map.of(Role.GATEWAY, gatewayPort, Role.ROUTER, routerPort, Role.CONSOLE, consolePort),
                RULES,
                ExternalParts.NONE,
                settings);
        DemoDisplay display = new DemoDisplay(err, ConsoleLinks.isTerminal(), Ansi.AUTO);
        try (Platform platform = Platform.start(options, display::tell)) {
            print(platform.addresses(), directory, err);
            return platform.whileItRuns(() -> {
                try (Demo demo = new Demo(
                        platform.addresses(), Objects.requireNonNull(platform.infrastructure()), rules, policies)) {
                    return run(demo, display, patience);
                }
            });
        }
    }

    private int run(Demo demo, DemoDisplay display, Duration patience) throws IOException, InterruptedException {
        demo.start(new SimulationSettings(
                once && deals == 0 ? 50 : deals,
                rate == null ? (once ? ONCE_RATE : ENDLESS_RATE) : rate,
                seed,
                Long.toString(Instant.now().getEpochSecond(), TAG_RADIX),
                faults.rates()));
        if (!once) {
            demo.watch(display::show);
        }
        boolean complete = demo.watch(patience, display::show);
        display.clear();
        DemoSummary summary = demo.summarize(complete);
        if (events != null) {
            demo.writeEvents(events);
        }
        if (report != null) {
            demo.writeReport(report);
        }
        summary.print(spec.commandLine().getOut());
        return summary.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** The demonstration's own policies and calendar fit its deals, but not the policies of somebody else. */
    private Map<String, String> slaSettings(Path directory) throws IOException {
        Map<String, String> chosen = sla.settings(spec.commandLine());
        if (sla.hasPolicies()) {
            return chosen;
        }
        Map<String, String> settings = new HashMap<>(DemoSla.write(directory));
        settings.putAll(chosen);
        return settings;
    }

    /** Checks the options before anything is started. */
    private Duration check() {
        if (deals < 0) {
            throw wrong("--deals is 0 or more, not " + deals + ".");
        }
        if (rate != null && !(rate > 0 && rate <= 1000)) {
            throw wrong("--rate is more than 0 and at most 1000, not " + rate + ".");
        }
        faults.percentages().forEach((option, percent) -> {
            if (!(percent >= 0 && percent <= 100)) {
                throw wrong(option + " is 0 to 100, not " + percent + ".");
            }
        });
        if (!once && (events != null || report != null)) {
            throw wrong("--events and --report need --once: without it the demo has no end.");
        }
        for (Path file : List.of(Optional.ofNullable(events), Optional.ofNullable(report)).stream()
                .flatMap(Optional::stream)
                .toList()) {
            Path directory = file.toAbsolutePath().getParent();
            if (directory == null || !Files.isWritable(directory) || Files.isDirectory(file)) {
                throw wrong(file + " cannot be written: name a file in a directory you may write to.");
            }
        }
        try {
            return DurationStyle.detectAndParse(timeout);
        } catch (IllegalArgumentException e) {
            throw wrong("--timeout is a duration such as 90s or 10m, not '" + timeout + "'.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Path directory() {
        Path chosen = data == null
                ? Path.of(System.getProperty("masterdeal.home", ".")).resolve("demo-data")
                : data;
        return chosen.toAbsolutePath().normalize();
    }

    /** Printed above the picture: an address in a picture that is redrawn all the time cannot be selected and copied. */
    private static void print(PlatformAddresses addresses, Path directory, PrintWriter err)
            throws InterruptedException {
        err.println("MasterDeal is up, and six simulated systems do business with each other.");
        err.println("  gateway    " + addresses.gateway() + "/events   (systems: " + addresses.sandbox() + ")");
        err.println("  service    " + addresses.service() + "/masterdeal   (API: /openapi)");
        err.println("  router     " + addresses.router() + "/ledger   (API: /openapi)");
        String login = ConsoleLinks.line(addresses, directory);
        err.println("  console    "
                + (login.startsWith("http") ? login : addresses.console() + "   (log in: " + login + ")"));
        err.println("  API keys   " + addresses.apiKeys() + "   (each call needs one)");
        // One line: the picture and what stands above it are to fit on 24.
        err.println("Ctrl-C stops it. In a second terminal: ./masterdeal deals --data " + directory);
        err.flush();
    }
}
