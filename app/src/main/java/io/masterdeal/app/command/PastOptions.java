package io.masterdeal.app.command;

import io.masterdeal.app.ask.PastLookup;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which a command asks about what was known earlier. */
final class PastOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--known-at",
            paramLabel = "T",
            description =
                    "Show where it stood by what was known at that instant, such as 2026-05-03T18:00:00Z; of a date,"
                            + " 2026-05-03, at its end.")
    private @Nullable String knownAt;

    private @Nullable String from;

    private @Nullable String to;

    private @Nullable String rules;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of dates, such as Europe/Berlin (default: that of this machine).")
    private @Nullable String zone;

    @Option(
            names = "--learned",
            paramLabel = "FROM..TO",
            description =
                    "Show what was received in that period, and the answers before and after it. Without TO: until now.")
    void setLearned(String period) {
        int dots = period.indexOf("..");
        if (dots < 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "--learned is FROM..TO, such as 2026-05-01..2026-05-03, not '" + period + "'.");
        }
        from = period.substring(0, dots);
        String end = period.substring(dots + 2);
        to = end.isEmpty() ? null : end;
    }

    @Option(
            names = "--rules",
            paramLabel = "then|now",
            description = "Which rule set judges: the one in use at that instant, or today's (default: then).")
    void setRules(String wanted) {
        rules = wanted.toLowerCase(Locale.ROOT);
        if (!rules.equals("then") && !rules.equals("now")) {
            throw new ParameterException(command.commandLine(), "--rules is then or now, not '" + wanted + "'.");
        }
    }

    /** The instant; null if none is asked for. */
    @Nullable
    String knownAt() {
        return knownAt;
    }

    /** The beginning of the period; null if none is asked for. */
    @Nullable
    String from() {
        return from;
    }

    /** The end of the period; null for now. */
    @Nullable
    String to() {
        return to;
    }

    PastLookup.Terms terms() {
        return new PastLookup.Terms(
                zone == null ? ZoneId.systemDefault().getId() : zone, rules == null ? "then" : rules);
    }

    /**
     * @throws ParameterException if options do not fit together
     */
    void check() {
        if (knownAt != null && from != null) {
            throw new ParameterException(command.commandLine(), "Give --known-at or --learned, not both.");
        }
        if (knownAt == null && from == null && (rules != null || zone != null)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--rules and --zone are for --known-at and --learned: give one of these too.");
        }
    }
}
