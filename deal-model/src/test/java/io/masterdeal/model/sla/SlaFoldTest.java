package io.masterdeal.model.sla;

import static io.masterdeal.model.proof.Told.CASE;
import static io.masterdeal.model.proof.Told.DEAL;
import static io.masterdeal.model.proof.Told.K1;
import static io.masterdeal.model.proof.Told.PLAN;
import static io.masterdeal.model.proof.Told.START;
import static io.masterdeal.model.proof.Told.day;
import static io.masterdeal.model.proof.Told.fact;
import static io.masterdeal.model.proof.Told.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealLinks;
import io.masterdeal.model.deal.RootAttributes;
import io.masterdeal.model.proof.RuleSets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of the clocks of a deal, what they are asked after they went on, and when what was kept is of no use. */
class SlaFoldTest {

    private static final ObjectKey ROOT = new ObjectKey(DEAL);

    private static final SlaCondition SIGNED =
            new SlaCondition.Some(RuleSets.CONTRACT, new StatusTest.Reached("Contract Signed"));

    private static final SlaCondition READY =
            new SlaCondition.Some(RuleSets.PLAN, new StatusTest.Reached("Plan Ready"));

    private static final SlaCondition GOLD = new SlaCondition.AttributeIs("tier", Set.of("gold"));

    /** From a ready plan to a signed contract, anew each time; 36 hours, or 12 for gold. */
    private static final SlaPolicy PLANNED = policy("planned", null, READY, SIGNED, null);

    /** For each case, until it is approved. */
    private static final SlaPolicy REVIEW = policy(
            "review",
            RuleSets.CASE,
            new SlaCondition.This(new StatusTest.Reached("Legal Started")),
            new SlaCondition.This(new StatusTest.Reached("Legal Approved")),
            null);

    private static final SlaEvaluator EVALUATOR = evaluator(PLANNED, REVIEW);

    private static SlaPolicy policy(
            String name, @Nullable ObjectKind per, SlaCondition start, SlaCondition stop, @Nullable String owner) {
        return new SlaPolicy(
                name,
                null,
                per,
                new SlaPolicy.Cycle(start, null, stop, null, SlaPolicy.OnOutcome.CANCEL, SlaPolicy.Reopen.NEW),
                new SlaPolicy.Target(Duration.ofHours(36), null),
                List.of(50),
                SlaPolicy.SegmentAt.START,
                List.of(new SlaPolicy.Segment("gold", GOLD, new SlaPolicy.Target(Duration.ofHours(12), null))),
                false,
                new SlaEscalation(owner, new TreeMap<>(), null));
    }

    private static SlaEvaluator evaluator(SlaPolicy... policies) {
        return new SlaEvaluator(RuleSets.DEFAULT, new SlaPolicySet("test", 1, List.of(policies)), Map.of());
    }

    private static Fact withAttribute(String name, String value, Fact fact) {
        return withAttributes(Map.of(name, value), fact);
    }

    private static Fact withAttributes(Map<String, String> attributes, Fact fact) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                fact.status(),
                fact.sequence(),
                fact.occurredAt(),
                fact.links(),
                attributes,
                fact.masterDealId());
    }

    private static SlaFold folded(List<Fact> facts) {
        SlaFold clocks = EVALUATOR.begin(ROOT);
        DealFold.of(ROOT, RuleSets.DEFAULT, facts, new DealLinks(), null, clocks);
        return clocks;
    }

    private static SlaFold resumed(List<Fact> facts, Fact newest) {
        SlaFold clocks = Objects.requireNonNull(
                EVALUATOR.resume(ROOT, folded(facts).kept(), facts.getLast().occurredAt()));
        DealFold fold = DealFold.resume(
                ROOT,
                RuleSets.DEFAULT,
                DealFold.of(ROOT, RuleSets.DEFAULT, facts).state(),
                clocks);
        assertThat(fold.append(newest)).isTrue();
        return clocks;
    }

    /** A plan that was ready from day 3 to day 5, when a contract was signed, and again from day 7 to day 8. */
    private static final List<Fact> TWICE = with(
            START,
            fact(4, K1, "Contract Signed", 1, 5, DEAL),
            fact(5, K1, "Contract Rejected", 2, 7),
            fact(6, K1, "Contract Signed", 3, 8));

    @Test
    void of_each_clock_the_last_cycle_is_kept_and_how_many_there_were_before() {
        // when
        KeptClocks kept = folded(TWICE).kept();

        // then
        KeptClocks.Cycle last = new KeptClocks.Cycle(
                day(7).toEpochMilli(), 1, List.of(), day(8).toEpochMilli(), KeptClocks.OPEN, false);
        assertThat(kept)
                .isEqualTo(new KeptClocks(
                        List.of(new KeptClocks.Kept("planned", null, true, true, 1, last)), List.of(), true));
    }

    @Test
    void a_cycle_that_had_ended_before_another_was_kept_is_settled() {
        // when
        SlaFold clocks = resumed(TWICE, fact(7, K1, "Contract Rejected", 4, 9));

        // then
        List<ClockStatus> cycles = EVALUATOR.status(clocks, day(9)).cycles();
        assertThat(cycles).extracting(ClockStatus::cycle).containsExactly(2, 3);
        assertThat(cycles).extracting(ClockStatus::startedAt).containsExactly(day(7), day(9));
        assertThat(clocks.isSettled("planned", null, day(3))).isTrue();
        assertThat(clocks.isSettled("planned", null, day(7))).isFalse();
        assertThat(clocks.isSettled("planned", null, day(9))).isFalse();
        assertThat(clocks.isSettled("review", new ObjectKey(CASE), day(3))).isFalse();
    }

    @Test
    void nothing_is_settled_in_a_fold_from_nothing_or_before_the_first_cycle() {
        SlaFold stopped = resumed(START, fact(4, K1, "Contract Signed", 1, 5, DEAL));

        assertThat(folded(TWICE).isSettled("planned", null, day(3))).isFalse();
        assertThat(stopped.isSettled("planned", null, day(3))).isFalse();
        assertThat(stopped.isSettled("planned", null, day(2))).isFalse();
    }

    @Test
    void what_is_kept_does_not_grow_with_the_history() {
        // given
        List<Fact> facts = new ArrayList<>(START);
        for (int i = 0; i < 10_000; i++) {
            facts.add(fact(100 + i, K1, i % 2 == 0 ? "Contract Signed" : "Contract Rejected", 100 + i, 10 + i, DEAL));
        }

        // when
        KeptClocks kept = folded(facts).kept();

        // then
        assertThat(kept.clocks()).hasSize(1);
        assertThat(kept.clocks().getFirst().ended()).isEqualTo(5_000);
        SlaFold clocks = resumed(facts, fact(1_000_000, K1, "Contract Signed", 1_000_000, 20_000));
        assertThat(EVALUATOR.status(clocks, day(20_000)).cycles()).hasSize(1);
    }

    @Test
    void between_two_facts_of_one_version_their_contents_have_to_decide() {
        // given
        List<Fact> facts = with(START, withAttribute("tier", "gold", fact(4, DEAL, null, 3, 5)));
        Fact other = withAttribute("tier", "iron", fact(4, DEAL, null, 3, 6));

        // then
        assertThat(resumed(facts, other).needsAll()).isTrue();
        assertThat(resumed(facts, withAttribute("client", "iron", other)).needsAll())
                .isFalse();
        assertThat(folded(with(facts, other)).needsAll()).isFalse();
    }

    @Test
    void the_newest_client_is_told_and_moves_no_clock() {
        // given
        List<Fact> facts = with(START, withAttribute("client", "Acme", fact(4, DEAL, null, 5, 4)));
        Fact newer = withAttribute("client", "Bee", fact(5, DEAL, null, 6, 6));
        Fact older = withAttribute("client", "Bee", fact(5, DEAL, null, 4, 6));

        // then
        assertThat(EVALUATOR.attributesRead()).containsExactly("tier");
        assertThat(EVALUATOR.attributesKept()).containsExactlyInAnyOrder("tier", "client");
        assertThat(EVALUATOR.status(folded(START), day(9)).client()).isNull();
        assertThat(EVALUATOR.status(resumed(facts, newer), day(9)).client()).isEqualTo("Bee");
        assertThat(EVALUATOR.status(resumed(facts, older), day(9)).client()).isEqualTo("Acme");
        assertThat(resumed(facts, newer).kept().clocks())
                .isEqualTo(folded(facts).kept().clocks());
    }

    @Test
    void an_attribute_that_changes_beside_one_that_does_not_is_noticed() {
        // given
        SlaCondition both = new SlaCondition.All(List.of(GOLD, new SlaCondition.AttributeIs("zone", Set.of("A"))));
        SlaEvaluator evaluator = evaluator(policy("both", null, both, SIGNED, null));
        List<Fact> facts = with(
                START,
                withAttribute("zone", "A", fact(4, DEAL, null, 3, 4)),
                withAttributes(Map.of("tier", "gold", "zone", "A"), fact(5, DEAL, null, 4, 5)));

        // then
        assertThat(evaluator.status(ROOT, facts, day(6)).cycles())
                .extracting(ClockStatus::startedAt)
                .containsExactly(day(5));
    }

    @Test
    void what_other_policies_kept_is_refused() {
        Instant at = day(8);
        KeptClocks.Cycle good = new KeptClocks.Cycle(1_000, 1, List.of(), KeptClocks.OPEN, KeptClocks.OPEN, false);
        KeptClocks.Cycle outside = new KeptClocks.Cycle(1_000, 2, List.of(), KeptClocks.OPEN, KeptClocks.OPEN, false);
        KeptClocks.Cycle later =
                new KeptClocks.Cycle(day(9).toEpochMilli(), 0, List.of(), KeptClocks.OPEN, KeptClocks.OPEN, false);

        assertThat(resume(new KeptClocks.Kept("planned", null, true, false, 0, good), at))
                .isNotNull();
        assertThat(resume(new KeptClocks.Kept("review", new ObjectKey(CASE), true, false, 3, good), at))
                .isNotNull();
        for (KeptClocks.Kept wrong : List.of(
                new KeptClocks.Kept("unknown", null, true, false, 0, good),
                new KeptClocks.Kept("planned", null, true, false, 0, outside),
                new KeptClocks.Kept("planned", null, true, false, 0, later),
                new KeptClocks.Kept("planned", null, true, false, 1, null),
                new KeptClocks.Kept("planned", null, true, false, -1, good),
                new KeptClocks.Kept("planned", new ObjectKey(CASE), true, false, 0, good),
                new KeptClocks.Kept("review", null, true, false, 0, good),
                new KeptClocks.Kept("review", new ObjectKey(K1), true, false, 0, good))) {
            assertThat(resume(wrong, at)).as(wrong.toString()).isNull();
        }
        RootAttributes.Attribute attribute = new RootAttributes.Attribute(
                "colour", "red", fact(1, DEAL, null, 1, 1).version());
        assertThat(EVALUATOR.resume(ROOT, new KeptClocks(List.of(), List.of(attribute), true), at))
                .isNull();
    }

    private static @Nullable SlaFold resume(KeptClocks.Kept clock, Instant at) {
        return EVALUATOR.resume(ROOT, new KeptClocks(List.of(clock), List.of(), true), at);
    }

    @Test
    void a_fold_without_facts_has_nothing_to_keep() {
        assertThat(EVALUATOR.begin(ROOT).kept()).isEqualTo(KeptClocks.NONE);
        assertThat(folded(START.subList(0, 1)).kept()).isEqualTo(new KeptClocks(List.of(), List.of(), true));
    }

    @Test
    void a_cycle_is_at_risk_from_its_first_warning_to_its_breach_or_its_end() {
        SlaFold open = folded(START);
        Instant warned = day(3).plus(Duration.ofHours(18));
        Instant due = day(3).plus(Duration.ofHours(36));

        assertThat(only(open, warned.minusMillis(1)).isAtRisk()).isFalse();
        assertThat(only(open, warned).isAtRisk()).isTrue();
        assertThat(only(open, warned).spent()).isNull();
        assertThat(only(open, due.minusMillis(1)).isAtRisk()).isTrue();
        assertThat(only(open, due).isAtRisk()).isFalse();
        assertThat(only(open, due).breachedAt()).isEqualTo(due);
        ClockStatus done = only(folded(with(START, fact(4, K1, "Contract Signed", 1, 4, DEAL))), due);
        assertThat(done.warnings()).hasSize(1);
        assertThat(done.isOpen()).isFalse();
        assertThat(done.isAtRisk()).isFalse();
        assertThat(done.spent()).isEqualTo(Duration.ofDays(1).toMillis());
    }

    private static ClockStatus only(SlaFold clocks, Instant now) {
        List<ClockStatus> cycles = EVALUATOR.status(clocks, now).cycles();
        assertThat(cycles).hasSize(1);
        return cycles.getFirst();
    }

    @Test
    void facts_that_lie_ahead_count_only_as_the_next_instant() {
        // given
        List<Fact> facts = with(START, fact(4, K1, "Contract Signed", 1, 9, DEAL));

        // when
        SlaStatus status = EVALUATOR.status(ROOT, facts, day(6));

        // then
        assertThat(status.nextAt()).isEqualTo(day(9));
        assertThat(status.clocks()).extracting(ClockStatus::state).containsExactly(SlaState.BREACHED);
    }

    @Test
    void a_clock_concerns_its_owner_else_the_domain_of_its_object_else_the_deal() {
        assertThat(policy("p", RuleSets.CASE, READY, SIGNED, "media").domain()).isEqualTo("media");
        assertThat(policy("p", RuleSets.CASE, READY, SIGNED, null).domain()).isEqualTo("legal");
        assertThat(policy("p", null, READY, SIGNED, null).domain()).isEqualTo("masterdeal");
        assertThat(new ObjectKey(PLAN).kind().domain()).isEqualTo("media");
    }

    @Test
    void a_policy_is_found_by_its_name() {
        assertThat(EVALUATOR.policy("review")).isEqualTo(REVIEW);
        assertThatThrownBy(() -> EVALUATOR.policy("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("test@1 has no policy 'none'");
    }
}
