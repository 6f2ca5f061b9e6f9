package io.masterdeal.app.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that shows a list: how many items, and in which form. */
final class ListOptions {

    private static final int MAX_LIMIT = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private int limit;

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many to show, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    void setLimit(int wanted) {
        if (wanted < 1 || wanted > MAX_LIMIT) {
            throw new ParameterException(
                    command.commandLine(), "--limit is 1 to " + MAX_LIMIT + ", not " + wanted + ".");
        }
        limit = wanted;
    }

    /** How many items to show. */
    int limit() {
        return limit;
    }

    /** Whether to print the API's answer as it is. */
    boolean json() {
        return json;
    }
}
