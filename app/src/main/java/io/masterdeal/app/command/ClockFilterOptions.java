package io.masterdeal.app.command;

import io.masterdeal.app.ask.ClockSearch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whose clocks are meant. */
final class ClockFilterOptions {

    @Option(names = "--policy", paramLabel = "POLICY", description = "Only clocks of this policy.")
    private @Nullable String policy;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Only clocks of this domain, such as legal; of the deals' own it is masterdeal.")
    private @Nullable String domain;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "Only clocks of deals whose business field 'client' is this text.")
    private @Nullable String client;

    ClockSearch.Filter filter() {
        return new ClockSearch.Filter(policy, domain, client);
    }
}
