package io.masterdeal.contracts.event;

import io.masterdeal.contracts.text.Utf8;

/**
 * One error in an event.
 *
 * @param pointer JSON pointer (RFC 6901) into the event in structured mode, such as {@code /data/links/0}; empty for the
 *     whole event. An attribute given as a header is pointed to by its name: {@code /subject}
 * @param message what is wrong and how to correct it, in English
 */
public record Violation(String pointer, String message) {
    /** Replaces characters that no response can contain by U+FFFD, because pointer and message may quote the event. */
    public Violation {
        pointer = Utf8.clean(pointer);
        message = Utf8.clean(message);
    }

    @Override
    public String toString() {
        return pointer.isEmpty() ? message : pointer + " " + message;
    }
}
