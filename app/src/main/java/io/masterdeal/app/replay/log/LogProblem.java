package io.masterdeal.app.replay.log;

/**
 * Something in a log that cannot become an event. The rest of the log is read all the same.
 *
 * @param file the name of the file
 * @param line the line, from 1, where it begins
 * @param item the item, such as {@code case D-1, event 3}; empty if the line is enough
 * @param reason what is wrong, and what to do
 */
public record LogProblem(String file, long line, String item, String reason) {

    /** The problem in one line, for people. */
    public String message() {
        return file + ", line " + line + (item.isEmpty() ? "" : " (" + item + ")") + ": " + reason;
    }
}
