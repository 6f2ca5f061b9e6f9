package io.masterdeal.console.overview;

import io.masterdeal.console.board.Flow;

/**
 * A way from stage to stage, with the geometry of its bar.
 *
 * @param flow how many went so and how long it took
 * @param width thousandths of the widest bar
 */
public record FlowRow(Flow flow, int width) {}
