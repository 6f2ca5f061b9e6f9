package io.masterdeal.model.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.masterdeal.model.Statement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The kept histories, if they are available: in the folder {@code shared} beside the source tree. */
public final class SharedHistories {

    private SharedHistories() {}

    /** All their statements, or skips the test with a message that says what is missing. */
    public static List<Statement> read() {
        Path file = Oracle.home().resolveSibling("shared").resolve("data/histories/events.jsonl.gz");
        assumeTrue(Files.isReadable(file), "skipped: there is no " + file);
        return EventLines.read(file);
    }
}
