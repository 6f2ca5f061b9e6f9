package io.masterdeal.sandbox.story;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Decides which deal plays which story. This follows from the seed alone: every hundred deals are a round with as many deals of each
 * story as its weight, shuffled by the seed and the number of the round. The two deals of a frame contract are consecutive.
 * Thread-safe.
 */
public final class StoryAssignment {
    private static final int ROUND = 100;

    private final long seed;
    private long number = -1;
    private List<Story> round = List.of();

    /**
     * Creates the assignment of a run.
     *
     * @param seed determines all stories
     */
    public StoryAssignment(long seed) {
        this.seed = seed;
    }

    /**
     * The story of a deal.
     *
     * @param index of the deal in its run, from 0
     * @return its story
     */
    public synchronized Story at(long index) {
        long wanted = index / ROUND;
        if (wanted != number) {
            round = shuffled(wanted);
            number = wanted;
        }
        return round.get((int) (index % ROUND));
    }

    private List<Story> shuffled(long roundNumber) {
        var units = new ArrayList<List<Story>>();
        for (Story story : Story.values()) {
            int together = story == Story.FRAME_CONTRACT ? 2 : 1;
            for (int i = 0; i < story.weight(); i += together) {
                units.add(Collections.nCopies(together, story));
            }
        }
        Collections.shuffle(units, new Random(seed * 1_000_003 + roundNumber));
        return units.stream().flatMap(List::stream).toList();
    }
}
