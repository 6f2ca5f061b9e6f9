package io.masterdeal.model.breach;

import java.time.Instant;

/** Breaches a rule on purpose: the answer would depend on when it is asked. */
public final class ReadsTheClock {

    public Instant readAt() {
        return Instant.now();
    }
}
