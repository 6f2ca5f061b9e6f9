package io.masterdeal.sandbox.simulation;

import io.masterdeal.sandbox.story.StoryDeck;

/**
 * A run of deals.
 *
 * @param request what was asked for
 * @param deck which deal plays which story
 */
record Run(RunRequest request, StoryDeck deck) {
    Run(RunRequest request) {
        this(request, new StoryDeck(request.seed()));
    }
}
