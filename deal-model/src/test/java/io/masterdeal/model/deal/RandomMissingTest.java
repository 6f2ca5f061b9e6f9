package io.masterdeal.model.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.proof.RandomConditions;
import io.masterdeal.model.proof.RandomHistory;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.proof.Run;
import io.masterdeal.model.proof.SharedHistories;
import io.masterdeal.model.proof.Told;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Of random histories and random conditions: what is missing for a stage makes its condition hold as soon as it has come, in a fold
 * of all facts from the first, and no part of it does.
 */
class RandomMissingTest {

    /** After all facts of the histories. */
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    /** Up to here all subsets are folded, of larger sets those without one fact. */
    private static final int ALL_SUBSETS = 8;

    private int checked;

    private int ofSeveralFacts;

    private int ofNewObjects;

    @Test
    void what_is_missing_is_enough_and_no_part_of_it_is() {
        for (int seed = 1; seed <= Run.seeds(200, 2_500); seed++) {
            Map<ObjectKey, List<Fact>> deals = deals(RandomHistory.of(seed, seed % 2 == 0));
            for (RuleSet rules : RuleSets.ALL) {
                String what = "seed " + seed + ", rule set " + rules.name();
                deals.forEach((root, facts) -> check(what, root, rules, facts));
            }
        }
        assertThat(List.of(checked, ofSeveralFacts, ofNewObjects)).allMatch(it -> it > 300);
    }

    @Test
    void what_is_missing_for_a_random_condition_is_enough_and_no_part_of_it_is() {
        for (int seed = 1; seed <= Run.seeds(800, 25_000); seed++) {
            RuleSet rules = RandomConditions.of(seed);
            String what = "seed " + seed + ", " + rules.finalStage().when().describe();
            deals(RandomHistory.of(seed, false)).forEach((root, facts) -> check(what, root, rules, facts));
        }
        assertThat(List.of(checked, ofSeveralFacts, ofNewObjects)).allMatch(it -> it > 300);
    }

    @Test
    void what_is_missing_in_the_kept_histories_is_enough_and_no_part_of_it_is() {
        List<Map.Entry<ObjectKey, List<Fact>>> deals =
                List.copyOf(deals(SharedHistories.read()).entrySet());
        int step = Run.seeds(10, 1);
        for (int i = 0; i < deals.size(); i += step) {
            for (RuleSet rules : RuleSets.ALL) {
                check(
                        "rule set " + rules.name(),
                        deals.get(i).getKey(),
                        rules,
                        deals.get(i).getValue());
            }
        }
        assertThat(List.of(checked, ofSeveralFacts, ofNewObjects)).allMatch(it -> it > 100);
    }

    private static Map<ObjectKey, List<Fact>> deals(Collection<? extends Statement> history) {
        return new FactSet().addAll(history).deals();
    }

    private void check(String what, ObjectKey root, RuleSet rules, List<Fact> facts) {
        DealFold fold = DealFold.of(root, rules, facts);
        Map<String, Finding> findings = fold.answer().findings();
        for (Stage stage : rules.stages()) {
            String where = what + ", " + root + ", stage " + stage.name();
            Missing missing = MissingSearch.of(root, rules, fold.state(), stage.name());
            assertThat(missing.holds())
                    .as(where)
                    .isEqualTo(Told.finding(stage.name(), fold.answer()).holds());
            if (!missing.holds()) {
                assertThat(missing.alternatives()).as(where).isNotEmpty().doesNotHaveDuplicates();
                assertThat(missing.found())
                        .isGreaterThanOrEqualTo(missing.alternatives().size());
                missing.alternatives().forEach(it -> check(where, new Given(root, rules, facts, stage.name()), it));
            }
        }
        assertThat(findings).hasSameSizeAs(rules.stages());
    }

    private void check(String where, Given given, List<MissingFact> alternative) {
        checked++;
        ofSeveralFacts += alternative.size() > 1 ? 1 : 0;
        ofNewObjects += alternative.stream().anyMatch(it -> it.newObject() > 0) ? 1 : 0;
        assertThat(given.holdsWith(alternative))
                .as("%s with %s", where, alternative)
                .isTrue();
        int size = alternative.size();
        if (size > ALL_SUBSETS) {
            for (int without = 0; without < size; without++) {
                List<MissingFact> rest = new ArrayList<>(alternative);
                rest.remove(without);
                assertThat(given.holdsWith(rest))
                        .as("%s with only %s", where, rest)
                        .isFalse();
            }
            return;
        }
        for (int bits = 0; bits < (1 << size) - 1; bits++) {
            List<MissingFact> some = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if ((bits & (1 << i)) != 0) {
                    some.add(alternative.get(i));
                }
            }
            if (given.holdsWith(some)) {
                assertThat(some)
                        .as("%s: a part of %s is enough", where, alternative)
                        .isNull();
            }
        }
    }

    private record Given(ObjectKey root, RuleSet rules, List<Fact> facts, String stage) {

        /** Whether the condition holds in a fold of all facts and these, of which those about objects outside the deal wait. */
        boolean holdsWith(List<MissingFact> added) {
            Set<ObjectKey> members = new HashSet<>(Set.of(root));
            facts.forEach(it -> members.add(it.subject()));
            Map<Integer, ObjectKey> newObjects = new HashMap<>();
            List<Fact> all = new ArrayList<>(facts);
            for (MissingFact missing : added) {
                int number = all.size();
                ObjectKey subject = missing.object();
                List<ObjectKey> links = List.of();
                if (subject == null) {
                    ObjectKey link = missing.link() == null ? newObjects.get(missing.linkToNew()) : missing.link();
                    if (link == null || !members.contains(link)) {
                        continue;
                    }
                    subject = new ObjectKey(missing.kind() + ":not there before " + missing.newObject());
                    newObjects.put(missing.newObject(), subject);
                    links = List.of(link);
                }
                assertThat(subject.kind()).isEqualTo(missing.kind());
                members.add(subject);
                all.add(Fact.of(
                        new UUID(-1, number),
                        "some.type",
                        subject,
                        missing.status(),
                        Long.MAX_VALUE,
                        LATER.plusSeconds(number),
                        links,
                        Map.of(),
                        null));
            }
            return Told.finding(stage, DealFold.of(root, rules, all).answer()).holds();
        }
    }
}
