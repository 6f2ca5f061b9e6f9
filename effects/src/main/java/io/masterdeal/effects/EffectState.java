package io.masterdeal.effects;

import java.util.Locale;

/** Where an effect stands. */
enum EffectState {
    /** It is to be sent, for the first time or again. */
    PENDING,
    /** The other system has answered that it took it. */
    DONE,
    /** It was decided not to send it. */
    SUPPRESSED,
    /** It was refused, or nobody answered for too long. */
    FAILED;

    /** As it stands in the table and in answers. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
