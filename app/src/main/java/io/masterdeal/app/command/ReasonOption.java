package io.masterdeal.app.command;

import io.masterdeal.app.ask.QueryString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why an operator does something. */
final class ReasonOption {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, at most 500 characters: it is kept, and './masterdeal audit' shows it.")
    private @Nullable String reason;

    /** The path of a request with the reason, if one is given. */
    String in(String path) {
        return new QueryString().add("reason", reason).after(path);
    }
}
