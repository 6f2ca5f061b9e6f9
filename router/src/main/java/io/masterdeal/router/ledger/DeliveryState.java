package io.masterdeal.router.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of an event for a subscription. */
public enum DeliveryState {
    /** To be sent, or to be tried again. */
    PENDING(false),
    /** Waits behind another one of its deal, or was redriven too often. */
    PARKED(false),
    /** The sink has it. */
    DELIVERED(true),
    /** The filter did not let it pass. */
    FILTERED(true),
    /** Given up; an operator may redrive or discard it. */
    DEAD_LETTERED(true),
    /** Of refusals: its sender was told what is wrong with it. There is nothing to send again, and nobody has to look. */
    REFUSED(true),
    /** An operator has decided that it is not to be sent. */
    DISCARDED(true);

    private final boolean isFinal;

    DeliveryState(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether it stays so until somebody redrives it. */
    public boolean isFinal() {
        return isFinal;
    }

    /** As it is stored and told. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that text, if there is one. */
    public static Optional<DeliveryState> of(String text) {
        return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
    }
}
