package io.masterdeal.effects;

import java.util.Locale;

/** The state of an effect. */
enum EffectState {
    /** It is to be sent, for the first time or again. */
    PENDING,
    /** The other system has confirmed that it accepted the request. */
    DONE,
    /** It was decided not to send it. */
    SUPPRESSED,
    /** The request was refused, or not answered in all attempts. */
    FAILED;

    /** Its name in the table and in the API. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state with such a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static EffectState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
