package io.masterdeal.crash.history;

import java.time.Instant;

/**
 * Names a warning or breach of a clock.
 *
 * @param root of the deal
 * @param policy of the clock
 * @param object whose clock it is; empty for one of the deal
 * @param startedAt when the cycle began, UTC
 * @param kind warned or breached
 * @param percent of the target
 */
public record ClockMark(String root, String policy, String object, Instant startedAt, String kind, int percent) {}
