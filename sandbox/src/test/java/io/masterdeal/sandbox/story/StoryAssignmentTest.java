package io.masterdeal.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which deal plays which story. */
class StoryAssignmentTest {
    private static List<Story> stories(long seed, int count) {
        var stories = new StoryAssignment(seed);
        return LongStream.range(0, count).mapToObj(stories::at).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, -3, Long.MAX_VALUE})
    void of_every_hundred_deals_each_story_has_its_share(long seed) {
        for (List<Story> hundred :
                List.of(stories(seed, 200).subList(0, 100), stories(seed, 200).subList(100, 200))) {
            for (Story story : Story.values()) {
                assertThat(Collections.frequency(hundred, story))
                        .as(story + " " + seed)
                        .isEqualTo(story.weight());
            }
        }
    }

    @Test
    void the_stories_follow_from_the_seed_alone() {
        assertThat(stories(7, 300)).isEqualTo(stories(7, 300)).isNotEqualTo(stories(8, 300));
        assertThat(new StoryAssignment(7).at(250)).isEqualTo(stories(7, 300).get(250));
        assertThat(stories(7, 200).subList(0, 100)).isNotEqualTo(stories(7, 200).subList(100, 200));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 42})
    void the_two_deals_of_a_frame_contract_follow_each_other(long seed) {
        List<Story> stories = stories(seed, 100);
        int index = 0;
        while (index < stories.size()) {
            if (stories.get(index) == Story.FRAME_CONTRACT) {
                assertThat(stories.get(index + 1)).as("seed " + seed).isEqualTo(Story.FRAME_CONTRACT);
                index++;
            }
            index++;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 11, -3})
    void stories_about_sla_take_the_place_of_straight_ones_and_of_no_others(long seed) {
        var units = new ArrayList<List<Story>>();
        units.addAll(Collections.nCopies(16, List.of(Story.STRAIGHT)));
        for (Story story : Story.values()) {
            if (story == Story.FRAME_CONTRACT) {
                units.addAll(Collections.nCopies(2, Collections.nCopies(2, story)));
            } else if (!isStraightOrAboutSla(story)) {
                units.addAll(Collections.nCopies(story.weight(), List.of(story)));
            }
        }
        Collections.shuffle(units, new Random(seed * 1_000_003));
        List<Story> without = units.stream().flatMap(List::stream).toList();

        List<Story> stories = stories(seed, 100);

        assertThat(stories.stream().map(story -> isStraightOrAboutSla(story) ? Story.STRAIGHT : story))
                .containsExactlyElementsOf(without);
    }

    private static boolean isStraightOrAboutSla(Story story) {
        return story == Story.STRAIGHT || story.text().startsWith("sla-");
    }
}
