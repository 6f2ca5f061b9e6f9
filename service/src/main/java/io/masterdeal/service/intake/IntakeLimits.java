package io.masterdeal.service.intake;

import java.time.Duration;

/**
 * How much the intake takes in at once.
 *
 * @param lanes how many parts of a batch are stored at the same time
 * @param least a batch is divided only if each lane gets this many statements: one with fewer costs more, by its own statements
 *     and commit, than it saves
 * @param most how many records a batch takes for each lane
 * @param transaction no transaction has more records; a lane with more is stored in several, one after another
 * @param remembered the lane is remembered for at least this many objects
 * @param reading how long a batch may grow while the one before is stored. A consumer that reads on forever keeps its partitions,
 *     even if it cannot store and another process could
 */
record IntakeLimits(int lanes, int least, int most, int transaction, int remembered, Duration reading) {

    /** Remembered objects: some 10 MB, since up to twice as many are kept. */
    private static final int REMEMBERED = 50_000;

    IntakeLimits {
        if (lanes < 1) {
            throw new IllegalArgumentException("masterdeal.intake.lanes is " + lanes + ", and has to be 1 or more");
        }
    }

    /** Batches as measured, and transactions with room for lanes that are not quite even: docs/adr/0022. */
    static IntakeLimits ofLanes(int lanes) {
        return new IntakeLimits(lanes, 500, 1000, 1500, REMEMBERED, Duration.ofSeconds(10));
    }

    /** How many records a batch takes. */
    int batch() {
        return lanes * most;
    }
}
