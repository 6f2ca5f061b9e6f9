package io.masterdeal.app.command;

import io.masterdeal.client.DealClient.Part;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which part of a deal is shown, in the place of where it stands. */
final class DealPartOptions {

    @Option(names = "--facts", description = "Show its facts, the newest first, those that were taken back as well.")
    private boolean facts;

    @Option(names = "--objects", description = "Show its objects and the links between them.")
    private boolean objects;

    @Option(names = "--revisions", description = "Show what was published of it, the newest first.")
    private boolean revisions;

    Part part() {
        if (facts) {
            return Part.FACTS;
        }
        if (objects) {
            return Part.OBJECTS;
        }
        if (revisions) {
            return Part.REVISIONS;
        }
        throw new IllegalStateException("no part is chosen");
    }

    /** The option that names the part. */
    String option() {
        return "--" + part().name().toLowerCase(Locale.ROOT);
    }
}
