package io.masterdeal.console.board;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Amounts of money as whole numbers of a ten-thousandth, so that they are added exactly and quickly. */
final class Amounts {

    private static final int DECIMALS = 4;

    private Amounts() {}

    /** An amount of at most 12 digits before the point. */
    static long units(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
    }

    /** A sum of amounts. */
    static BigInteger bigUnits(BigDecimal sum) {
        return sum.setScale(DECIMALS, RoundingMode.HALF_EVEN).unscaledValue();
    }

    /** Without trailing zeros behind the point. */
    static BigDecimal ofUnits(long units) {
        return plain(BigDecimal.valueOf(units, DECIMALS));
    }

    /** A sum that was kept as {@code high * 2^32 + low}. */
    static BigDecimal ofUnits(long high, long low) {
        return plain(new BigDecimal(BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low)), DECIMALS));
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal shortest = amount.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0, RoundingMode.UNNECESSARY) : shortest;
    }
}
