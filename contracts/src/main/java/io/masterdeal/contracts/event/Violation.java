package io.masterdeal.contracts.event;

/**
 * One thing that is wrong with an event.
 *
 * @param pointer JSON pointer (RFC 6901) into the event in structured mode, such as {@code /data/links/0}; empty for the
 *     whole event. An attribute given as a header is pointed to by its name: {@code /subject}
 * @param message what is wrong and what would be right, in English
 */
public record Violation(String pointer, String message) {
    @Override
    public String toString() {
        return pointer.isEmpty() ? message : pointer + " " + message;
    }
}
