package io.masterdeal.app.replay.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The kind of a file, by its first character, or by its name if that does not decide. */
enum LogContent {
    /** Empty, or only white space. */
    EMPTY,
    /** Begins with a brace, or is named like JSON lines. */
    EVENTS,
    /** Begins with an angle bracket, in an encoding that has ASCII in it. */
    XML,
    /** Anything else: a csv log, or no log. */
    OTHER;

    private static final int LOOK_AT = 1024;
    private static final Pattern NAMED_AS_EVENTS =
            Pattern.compile(".*\\.(jsonl|ndjson)(\\.gz)?", Pattern.CASE_INSENSITIVE);

    static LogContent of(Path file) throws IOException {
        try (LogStream in = LogStream.open(file)) {
            for (int i = 0; i < LOOK_AT; i++) {
                int b = in.read();
                boolean mark = b == 0xEF || b == 0xBB || b == 0xBF || b == 0xFE || b == 0xFF || b == 0;
                if (b < 0) {
                    return EMPTY;
                }
                if (!(mark || Character.isWhitespace(b))) {
                    return b == '{' ? EVENTS : b == '<' ? XML : byName(file);
                }
            }
            return byName(file);
        }
    }

    /** A file of events whose first line is damaged still holds events. */
    private static LogContent byName(Path file) {
        return NAMED_AS_EVENTS.matcher(file.getFileName().toString()).matches() ? EVENTS : OTHER;
    }
}
