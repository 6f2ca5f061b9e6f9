package io.masterdeal.console.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import io.masterdeal.console.deal.Timeline.Bar;
import io.masterdeal.console.deal.Timeline.Marker;
import io.masterdeal.console.deal.Timeline.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final List<String> STAGES = List.of("lead", "briefed", "offer", "closed");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(700));

    private static Step step(String stage, Duration after, boolean backward) {
        return new Step(stage, START.plus(after), backward);
    }

    private static DealHead deal(String outcome, List<Step> steps, List<CardClock> clocks) {
        Card card = new Card(
                UUID.randomUUID(),
                "crm:deal:D-1",
                0,
                1,
                steps.isEmpty() ? "none" : steps.getLast().stage(),
                outcome,
                List.of("briefed"),
                Map.of(),
                null,
                "",
                "default@1",
                steps,
                clocks,
                3,
                NOW);
        return new DealHead(card, false, card.since());
    }

    private static DealFact fact(String subject, Instant at, boolean late) {
        return new DealFact(UUID.randomUUID().toString(), "t", subject, "S", at, at, "/s", false, late);
    }

    private static CardClock due(Instant at) {
        return new CardClock("p", "crm", "running", START, at, false, null);
    }

    @Test
    void steps_at_nearly_one_instant_can_be_told_apart_beside_two_idle_years() {
        // given
        DealHead deal = deal(
                "open",
                List.of(
                        step("lead", Duration.ZERO, false),
                        step("briefed", Duration.ofMillis(1), false),
                        step("offer", Duration.ofMillis(2), false)),
                List.of());

        // when
        Timeline line = Timeline.of(deal, STAGES, List.of(), 0, NOW);

        // then
        assertThat(line.bars()).extracting(Bar::stage).containsExactly("lead", "briefed", "offer");
        assertThat(line.bars().get(0).width()).isGreaterThanOrEqualTo(14);
        assertThat(line.bars().get(1).x())
                .isEqualTo(line.bars().get(0).x() + line.bars().get(0).width());
        assertThat(line.bars().getLast().until()).isNull();
        assertThat(line.bars().getLast().length())
                .isEqualTo(Duration.ofDays(700).minusMillis(2));
        assertThat(line.stretched()).isTrue();
    }

    @Test
    void a_step_of_no_length_is_drawn_too() {
        DealHead deal = deal(
                "open", List.of(step("lead", Duration.ZERO, false), step("briefed", Duration.ZERO, false)), List.of());

        Timeline line = Timeline.of(deal, STAGES, List.of(), 0, START);

        assertThat(line.bars())
                .hasSize(2)
                .allSatisfy(bar -> assertThat(bar.width()).isPositive());
    }

    @Test
    void thousands_of_facts_and_steps_stay_a_bounded_picture_that_says_what_it_leaves_out() {
        // given
        Random random = new Random(20261201);
        List<DealFact> facts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String domain = List.of("crm", "media", "legal").get(random.nextInt(3));
            facts.add(fact(domain + ":k:" + i, START.plus(Duration.ofHours(8L * i)), i % 5 == 0));
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            steps.add(step(STAGES.get(i % 3), Duration.ofHours(16L * i), i % 3 == 0));
        }

        // when
        Timeline line = Timeline.of(deal("open", steps, List.of()), STAGES, facts, 3000, NOW);

        // then
        assertThat(line.dots()).hasSizeLessThan(400);
        assertThat(line.dots().stream().mapToInt(Timeline.Dot::count).sum()).isEqualTo(2000);
        assertThat(line.factsLeftOut()).isEqualTo(1000);
        assertThat(line.bars()).hasSize(150);
        assertThat(line.bars().getFirst().from()).isEqualTo(START);
        assertThat(line.stepsLeftOut()).isEqualTo(850);
        assertThat(line.lanes())
                .extracting(Timeline.Lane::facts)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(2000));
        insideThePicture(line);
    }

    private static void insideThePicture(Timeline line) {
        assertThat(line.bars())
                .allSatisfy(bar ->
                        assertThat(bar.x() + bar.width()).isBetween((double) Timeline.LEFT, Timeline.RIGHT + 3.0));
        assertThat(line.dots()).allSatisfy(dot -> {
            assertThat(dot.x()).isBetween((double) Timeline.LEFT, (double) Timeline.RIGHT);
            assertThat(dot.y()).isLessThan(line.axisY());
        });
        double before = Double.NEGATIVE_INFINITY;
        for (Tick tick : line.ticks()) {
            assertThat(tick.x() - before).as("ticks do not overlap").isGreaterThan(60);
            before = tick.x();
        }
    }

    @Test
    void what_is_due_far_away_leaves_room_for_what_happened() {
        // given
        DealHead deal = deal(
                "open",
                List.of(step("lead", Duration.ZERO, false), step("offer", Duration.ofHours(3), false)),
                List.of(due(START.plus(Duration.ofDays(3000)))));

        // when
        Timeline line = Timeline.of(deal, STAGES, List.of(), 0, START.plus(Duration.ofHours(5)));

        // then
        assertThat(line.markers()).extracting(Marker::kind).containsExactly("now", "due");
        assertThat(line.markers().getFirst().x()).isEqualTo(Timeline.RIGHT - 140.0);
        assertThat(line.markers().getLast().x()).isEqualTo(Timeline.RIGHT);
    }

    @Test
    void what_was_due_is_marked_where_it_was_due() {
        DealHead deal = deal(
                "open", List.of(step("lead", Duration.ZERO, false)), List.of(due(START.plus(Duration.ofHours(1)))));

        Timeline line = Timeline.of(deal, STAGES, List.of(), 0, START.plus(Duration.ofHours(4)));

        Marker overdue = line.markers().getLast();
        assertThat(overdue.kind()).isEqualTo("overdue");
        assertThat(overdue.x()).isEqualTo(Timeline.LEFT + (Timeline.RIGHT - Timeline.LEFT) / 4.0, offset());
    }

    private static org.assertj.core.data.Offset<Double> offset() {
        return org.assertj.core.data.Offset.offset(15.0);
    }

    @Test
    void idle_time_after_the_end_of_a_deal_is_not_drawn() {
        DealHead deal = deal(
                "won",
                List.of(step("lead", Duration.ZERO, false), step("closed", Duration.ofDays(2), false)),
                List.of());

        Timeline line = Timeline.of(deal, STAGES, List.of(), 0, NOW);

        assertThat(line.markers()).isEmpty();
        assertThat(line.bars().getFirst().width()).isGreaterThan(700);
        assertThat(line.bars().getLast().length()).isNull();
    }

    @Test
    void rows_are_the_stages_of_the_rule_set_and_those_of_older_ones() {
        DealHead deal = deal(
                "open",
                List.of(step("lead", Duration.ZERO, false), step("formerly", Duration.ofDays(1), false)),
                List.of());

        Timeline line = Timeline.of(deal, STAGES, List.of(), 0, NOW);

        assertThat(line.rows())
                .extracting(Timeline.Row::stage)
                .containsExactly("lead", "briefed", "offer", "closed", "formerly");
        assertThat(line.rows().get(1).gap()).isTrue();
        assertThat(line.rows().get(2).reached()).isFalse();
    }

    @Test
    void a_deal_without_steps_and_facts_has_an_empty_picture() {
        Timeline line = Timeline.of(deal("open", List.of(), List.of()), List.of(), List.of(), 0, NOW);

        assertThat(line.bars()).isEmpty();
        assertThat(line.dots()).isEmpty();
        assertThat(line.ticks()).isEmpty();
        assertThat(line.height()).isPositive();
    }

    @Test
    void facts_that_would_lie_on_each_other_are_one_dot() {
        List<DealFact> facts = List.of(
                fact("crm:deal:D-1", START, false),
                fact("crm:deal:D-1", START, true),
                fact("crm:deal:D-1", START.plus(Duration.ofDays(1)), true));

        Timeline line = Timeline.of(
                deal("open", List.of(step("lead", Duration.ZERO, false)), List.of()), STAGES, facts, 3, NOW);

        assertThat(line.dots()).extracting(Timeline.Dot::count).containsExactly(2, 1);
        assertThat(line.dots()).extracting(Timeline.Dot::isLate).containsExactly(false, true);
    }
}
