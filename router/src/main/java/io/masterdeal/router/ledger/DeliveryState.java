package io.masterdeal.router.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a delivery. */
public enum DeliveryState {
    /** To be sent, or to be tried again. */
    PENDING(false),
    /** Waits behind another delivery with the same order key, or was redriven too often. */
    PARKED(false),
    /** The sink has accepted it. */
    DELIVERED(true),
    /** The filter did not let it pass. */
    FILTERED(true),
    /** Given up; an operator may redrive or discard it. */
    DEAD_LETTERED(true),
    /** Only for refused events: the sender knows what is wrong. There is nothing to send again, and no operator has to act. */
    REFUSED(true),
    /** An operator has decided that it is not to be sent. */
    DISCARDED(true);

    private final boolean isFinal;

    DeliveryState(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether it only changes by a redrive. */
    public boolean isFinal() {
        return isFinal;
    }

    /** The text in the database and the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this text, if there is one. */
    public static Optional<DeliveryState> of(String text) {
        return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
    }
}
