package io.masterdeal.console.board;

import java.time.Duration;

/**
 * How deals go from one stage to another.
 *
 * @param from a stage
 * @param to another stage
 * @param backward whether the second is before the first
 * @param deals how many changes there were
 * @param medianTime half of them took at most so long
 */
public record Flow(String from, String to, boolean backward, int deals, Duration medianTime) {}
