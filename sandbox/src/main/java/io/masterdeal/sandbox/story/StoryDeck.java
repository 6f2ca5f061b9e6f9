package io.masterdeal.sandbox.story;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which deal plays which story. It follows from the seed alone: every hundred deals are a deck of cards, as many of each story as its
 * weight says, shuffled by the seed and the number of the hundred. The two deals of a frame contract follow each other. Thread-safe.
 */
public final class StoryDeck {
    private static final int DECK = 100;

    private final long seed;
    private long number = -1;
    private List<Story> cards = List.of();

    /**
     * Shuffles.
     *
     * @param seed decides everything
     */
    public StoryDeck(long seed) {
        this.seed = seed;
    }

    /**
     * The story of a deal.
     *
     * @param index of the deal in its run, from 0
     * @return its story
     */
    public synchronized Story at(long index) {
        long wanted = index / DECK;
        if (wanted != number) {
            cards = deck(wanted);
            number = wanted;
        }
        return cards.get((int) (index % DECK));
    }

    private List<Story> deck(long deckNumber) {
        var units = new ArrayList<List<Story>>();
        for (Story story : Story.values()) {
            int together = story == Story.FRAME_CONTRACT ? 2 : 1;
            for (int i = 0; i < story.weight(); i += together) {
                units.add(Collections.nCopies(together, story));
            }
        }
        Collections.shuffle(units, new Random(seed * 1_000_003 + deckNumber));
        return units.stream().flatMap(List::stream).toList();
    }
}
