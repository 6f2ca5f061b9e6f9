package io.masterdeal.sandbox.simulation;

import io.masterdeal.sandbox.story.StoryAssignment;

/**
 * A run of deals.
 *
 * @param request what was asked for
 * @param stories which deal plays which story
 */
record Run(RunRequest request, StoryAssignment stories) {
    Run(RunRequest request) {
        this(request, new StoryAssignment(request.seed()));
    }
}
