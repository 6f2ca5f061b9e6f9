package io.masterdeal.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.model.ObjectKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How reactions are read, and how a slip is told. */
class ReactionFileTest {

    private static final EventCatalog CATALOG = EventCatalog.bundled();

    private static final String GOOD = """
            reactions:
              - name: one
                events: [crm.brief.submitted, crm.deal.created]
                max-age: P2D
                unless: {live: media:mediaplan}
                request:
                  system: media
                  method: POST
                  path: /api/mediaplan/request
            """;

    @Test
    void the_bundled_reaction_asks_for_a_media_plan_unless_there_is_one() {
        assertThat(ReactionFile.load("bundled", CATALOG))
                .containsExactly(new Reaction(
                        "request-mediaplan",
                        Set.of("crm.brief.submitted"),
                        Duration.ofHours(24),
                        new ObjectKind("media:mediaplan"),
                        new Reaction.Request("media", "POST", "/api/mediaplan/request")));
        assertThat(ReactionFile.load("none", CATALOG)).isEmpty();
    }

    @Test
    void a_file_is_read_and_age_and_condition_may_be_left_out(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("ours.yaml"),
                GOOD.replace("    max-age: P2D\n", "").replace("    unless: {live: media:mediaplan}\n", ""));

        assertThat(ReactionFile.load(file.toString(), CATALOG))
                .containsExactly(new Reaction(
                        "one",
                        Set.of("crm.brief.submitted", "crm.deal.created"),
                        Duration.ofHours(24),
                        null,
                        new Reaction.Request("media", "POST", "/api/mediaplan/request")));
        assertThatThrownBy(() -> ReactionFile.load(directory.resolve("no.yaml").toString(), CATALOG))
                .isInstanceOf(InvalidReactionsException.class)
                .hasMessageEndingWith("no.yaml:1: there is no such file; 'bundled' and 'none' need none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            reactions:                  | effects:                | 1 | 'effects' is not known here
            name: one                   | name: One               | 2 | a name is up to 63 lower-case letters
            crm.deal.created            | crm.deal.invented       | 3 | no domain has events of the type 'crm.deal.invented'
            crm.deal.created            | masterdeal.created      | 3 | no domain has events of the type 'masterdeal.created'
            crm.deal.created            | crm.event.retracted     | 3 | 'crm.event.retracted' takes facts back
            [crm.brief.submitted, crm.deal.created] | []          | 3 | at least one type of event
            P2D                         | two days                | 4 | a duration such as PT24H or P7D, ten years at most
            P2D                         | PT0S                    | 4 | a duration such as PT24H
            P2D                         | P999999999D             | 4 | a duration such as PT24H
            live:                       | dead:                   | 5 | 'dead' is not known here
            media:mediaplan             | media:plan              | 5 | no event is about objects of the kind 'media:plan'
            system: media               | system: mediapush       | 7 | 'mediapush' is no domain
            method: POST                | method: GET             | 8 | a method is one of POST, PUT, PATCH
            path: /api/mediaplan/request| path: api               | 9 | a path within the system
            path: /api/mediaplan/request| path: /../crm/deals     | 9 | a path within the system
            path: /api/mediaplan/request| path: /a?b=c            | 9 | a path within the system
            method: POST                | verb: POST              | 8 | 'verb' is not known here
            """)
    void a_slip_is_told_with_file_and_line(String right, String wrong, int line, String reason) {
        assertThat(GOOD).contains(right);

        assertThatThrownBy(() -> ReactionFile.parse("ours.yaml", GOOD.replace(right, wrong), CATALOG))
                .isInstanceOf(InvalidReactionsException.class)
                .hasMessageStartingWith("ours.yaml:" + line + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void two_reactions_of_one_name_are_refused() {
        String twice = GOOD + GOOD.substring(GOOD.indexOf("  - name"));

        assertThatThrownBy(() -> ReactionFile.parse("ours.yaml", twice, CATALOG))
                .hasMessage("ours.yaml:10: there is a reaction 'one' already");
    }
}
