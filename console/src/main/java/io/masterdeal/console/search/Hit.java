package io.masterdeal.console.search;

import java.util.Locale;

/**
 * Something that has the key that was searched for.
 *
 * @param kind what it is
 * @param title its name
 * @param detail more about it; may be empty
 * @param path address of its page
 */
public record Hit(Kind kind, String title, String detail, String path) {
    /** What it is. */
    public enum Kind {
        /** A deal by its id or the key of its root. */
        DEAL,
        /** A deal that one of its objects leads to. */
        OBJECT,
        /** An event. */
        EVENT,
        /** What has one correlation id. */
        CORRELATION;

        /** As in words. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
