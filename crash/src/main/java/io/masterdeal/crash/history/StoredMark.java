package io.masterdeal.crash.history;

/**
 * A row of the table {@code sla_statements}.
 *
 * @param mark which warning or breach
 * @param state told, suppressed or retracted
 * @param revision that told it or took it back; 0 if none did
 */
public record StoredMark(ClockMark mark, String state, long revision) {

    boolean isTold() {
        return state.equals("told");
    }

    boolean isSuppressed() {
        return state.equals("suppressed");
    }

    boolean isRetracted() {
        return state.equals("retracted");
    }
}
