package io.masterdeal.console.board;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What happened on a day in a stage. Not thread-safe. */
final class DayCount {
    /** Deals that got their first stage, this one. */
    int began;
    /** Changes of stage to this one, with those that are the first. */
    int entered;
    /** Changes of stage from this one. */
    int exited;
    /** Of the changes to this stage those that are back. */
    int backward;
    /** Clocks whose target was spent while their deal was in this stage. */
    int breached;
    /** Deals that are won and entered this stage last. */
    int closed;

    /** The sum of the amounts of the deals that entered, a deal each time it did, in two halves that do not overflow. */
    private long amountHigh;

    private long amountLow;

    void addAmount(long units, int sign) {
        amountHigh += sign * (units >> 32);
        amountLow += sign * (units & 0xFFFF_FFFFL);
    }

    /** Adds a sum of any size. */
    void addUnits(BigInteger units) {
        amountHigh += units.shiftRight(32).longValueExact();
        amountLow += units.longValue() & 0xFFFF_FFFFL;
    }

    BigDecimal amount() {
        return Amounts.ofUnits(amountHigh, amountLow);
    }

    void add(DayCount other, int sign) {
        began += sign * other.began;
        entered += sign * other.entered;
        exited += sign * other.exited;
        backward += sign * other.backward;
        breached += sign * other.breached;
        closed += sign * other.closed;
        amountHigh += sign * other.amountHigh;
        amountLow += sign * other.amountLow;
    }

    boolean isNothing() {
        return (began | entered | exited | backward | breached | closed) == 0
                && (amountHigh << 32) + amountLow == 0
                && amountHigh + (amountLow >> 32) == 0;
    }
}
