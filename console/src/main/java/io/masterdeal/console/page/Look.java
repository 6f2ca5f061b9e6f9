package io.masterdeal.console.page;

import java.time.ZoneId;

/**
 * How a person wants pages to look; kept in cookies of the browser.
 *
 * @param language of the words
 * @param zone in which times are shown and read
 * @param theme light, dark, or as the system has it
 */
public record Look(Language language, ZoneId zone, Theme theme) {
    /** The colours of pages. */
    public enum Theme {
        /** As the system has it. */
        SYSTEM,
        /** Dark on light. */
        LIGHT,
        /** Light on dark. */
        DARK;

        /** As in the attribute {@code data-theme} of the page. */
        public String tag() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
