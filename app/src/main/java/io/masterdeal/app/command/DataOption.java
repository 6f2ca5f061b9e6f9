package io.masterdeal.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data directory. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The platform's data directory (default: 'data' beside the launcher).")
    private @Nullable Path data;

    /** The directory, absolute. */
    Path path() {
        Path chosen = data == null
                ? Path.of(System.getProperty("masterdeal.home", ".")).resolve("data")
                : data;
        return chosen.toAbsolutePath().normalize();
    }

    boolean isGiven() {
        return data != null;
    }
}
