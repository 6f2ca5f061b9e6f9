package io.masterdeal.console.board;

import java.time.LocalDate;

/**
 * What is counted together in the trend.
 *
 * @param day since 1970, in UTC
 * @param stage which deals entered or left, or were in
 * @param currency of the deal; empty if it names none
 */
record DayKey(int day, String stage, String currency) {
    private static final long DAY_MILLIS = 86_400_000;
    private static final int MOST_DAYS = (int) LocalDate.of(9999, 12, 31).toEpochDay();

    /** The day of an instant; instants before year 0 or after year 9999 count as those of the nearest day between. */
    static int day(long millis) {
        return Math.clamp(Math.floorDiv(millis, DAY_MILLIS), -MOST_DAYS / 4, MOST_DAYS);
    }

    LocalDate date() {
        return LocalDate.ofEpochDay(day);
    }
}
