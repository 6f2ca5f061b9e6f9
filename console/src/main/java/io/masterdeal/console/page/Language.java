package io.masterdeal.console.page;

import java.util.Locale;

/** The languages of the screens. */
public enum Language {
    /** English. */
    EN(Locale.ENGLISH),
    /** Russian. */
    RU(Locale.forLanguageTag("ru-RU"));

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** How numbers and dates are written. */
    public Locale locale() {
        return locale;
    }

    /** As in HTML's {@code lang} and in the names of files of words. */
    public String tag() {
        return locale.getLanguage();
    }
}
