package io.masterdeal.app.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How many deals another rule set than before may move to another stage. */
final class AcceptMovesOption {

    @Option(
            names = "--accept-moves",
            paramLabel = "N",
            description =
                    "If the rule set is another one than before: start although so many deals move to another stage. Without it"
                            + " the platform does not start if more than 5 %% of the deals and more than 20 would move.")
    private @Nullable Long moves;

    /**
     * The settings of the service for what was chosen.
     *
     * @param command for the error
     * @throws ParameterException if it is less than 0
     */
    Map<String, String> settings(CommandLine command) {
        Long chosen = moves;
        if (chosen == null) {
            return Map.of();
        }
        if (chosen < 0) {
            throw new ParameterException(
                    command, "--accept-moves is a number of deals, 0 or more, not " + chosen + ".");
        }
        return Map.of("masterdeal.service.rules.accept-moves", Long.toString(chosen));
    }
}
