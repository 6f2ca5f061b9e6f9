package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.settings.SettingRefusedException;
import io.masterdeal.facts.whatif.ChangedDeal;
import io.masterdeal.facts.whatif.RuleChangeGuard;
import io.masterdeal.facts.whatif.RuleTrial;
import io.masterdeal.facts.whatif.StageByRules;
import io.masterdeal.facts.whatif.TrialFilter;
import io.masterdeal.facts.whatif.TrialFindings;
import io.masterdeal.facts.whatif.TrialFindings.Move;
import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another rule set would make of the stored deals is what it makes of them. */
class RuleTrialTest {

    private static final int SEEDS = Boolean.getBoolean("masterdeal.long") ? 1_000 : 25;

    private static final RuleSet DEFAULT = RuleSets.load("default");

    private static final RuleSet STRICT = RuleSets.load("strict-table");

    private static final long T = 1_767_225_600_000L;

    private static Database database;

    @BeforeAll
    static void make_a_schema() {
        database = Database.createWithoutWaitingForTheDisk();
    }

    @AfterEach
    void clear() {
        database.clear();
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    /** The answer of a deal as it is stored, in words. */
    private static Map<UUID, String> answers() {
        Map<UUID, String> answers = new HashMap<>();
        database.jdbc()
                .sql("SELECT id, stage || ' ' || outcome || ' ' || gaps::text FROM deals WHERE known")
                .query(row -> {
                    answers.put(row.getObject(1, UUID.class), row.getString(2).replaceAll("[{}\"]", ""));
                });
        return answers;
    }

    private static String text(StageByRules standing) {
        return standing.stage() + " " + standing.outcome() + " " + String.join(",", standing.gaps());
    }

    private static List<ChangedDeal> run(RuleTrial trial, TrialFindings findings) throws SQLException {
        List<ChangedDeal> changes = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection()) {
            while (!trial.isEnded()) {
                changes.addAll(trial.next(connection, findings));
            }
        }
        return changes;
    }

    private static void tell(List<? extends Statement> statements) {
        FactStore store = FactStoreModelTest.store(database, DEFAULT);
        store.add(Histories.received(statements));
        FactStoreModelTest.settle(store);
    }

    @ParameterizedTest
    @CsvSource({"strict-table, 500000", "strict-pipeline, 600000"})
    void the_deals_that_would_change_are_those_that_do_and_so_are_their_answers(String name, long first)
            throws SQLException {
        // given
        for (long seed = first; seed < first + SEEDS; seed++) {
            tell(Histories.of(seed));
        }
        // What is kept of some lacks facts, was folded by other rules, or is damaged.
        database.jdbc()
                .sql("UPDATE deals SET stale = true, stage = 'none' WHERE id::text LIKE '0%'")
                .update();
        database.jdbc()
                .sql("UPDATE deals SET rules = id, stage = 'none' WHERE id::text LIKE '1%'")
                .update();
        database.jdbc()
                .sql("UPDATE deals SET state = '\\x00' WHERE id::text LIKE '2%'")
                .update();
        RuleSet rules = RuleSets.load(name);
        TrialFindings findings = new TrialFindings();

        // when
        List<ChangedDeal> changes = run(new RuleTrial(DEFAULT, rules, TrialFilter.ALL, 7, 10_000), findings);
        refold(DEFAULT);
        Map<UUID, String> before = answers();
        refold(rules);
        Map<UUID, String> after = answers();

        // then
        String seeds = "seeds from " + first;
        Set<UUID> changed = new HashSet<>();
        changes.forEach(change -> {
            assertThat(changed.add(change.id())).isTrue();
            assertThat(text(change.from())).as(seeds + ": " + change).isEqualTo(before.get(change.id()));
            assertThat(text(change.to())).as(seeds + ": " + change).isEqualTo(after.get(change.id()));
        });
        before.forEach((id, answer) -> assertThat(changed.contains(id))
                .as(seeds + ": " + id + " " + answer + " -> " + after.get(id))
                .isEqualTo(!answer.equals(after.get(id))));
        assertThat(findings.judged()).isEqualTo(before.size());
        assertThat(findings.looked()).isEqualTo(before.size());
        assertThat(findings.folded()).isPositive();
        assertThat(findings.changed()).isEqualTo(changes.size()).isPositive();
        assertThat(findings.moved())
                .isEqualTo(changes.stream().filter(ChangedDeal::isMoved).count());
        assertThat(findings.stages().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(before.size());
        assertThat(findings.outcomes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(before.size());
        assertThat(findings.samples()).hasSize(Math.min(changes.size(), TrialFindings.SAMPLES));
    }

    private static void refold(RuleSet rules) {
        FactStore store = FactStoreModelTest.store(database, rules);
        store.refold();
        FactStoreModelTest.settle(store);
    }

    /** Deals that the two rule sets see alike, then deals whose contract has no legal case. */
    private static void tell(int alike, int other) {
        List<Statement> story = new ArrayList<>();
        for (int i = 0; i < alike + other; i++) {
            String root = "crm:deal:" + i;
            story.add(Histories.fact(UUID.randomUUID(), root, "Deal Created", T));
            if (i >= alike) {
                story.add(
                        Histories.fact(UUID.randomUUID(), "docflow:contract:" + i, "Contract Signed", T + 1000, root));
            }
        }
        tell(story);
    }

    @Test
    void a_change_is_told_with_the_facts_that_decide_and_a_filter_is_about_the_present() throws SQLException {
        // given
        tell(3, 1);

        // when
        TrialFindings findings = new TrialFindings();
        List<ChangedDeal> changes =
                run(new RuleTrial(DEFAULT, STRICT, new TrialFilter("lead_created", "open")), findings);
        TrialFindings none = new TrialFindings();
        List<ChangedDeal> of = run(new RuleTrial(DEFAULT, STRICT, new TrialFilter("contracting", null)), none);

        // then
        assertThat(changes).hasSize(1);
        ChangedDeal change = changes.getFirst();
        assertThat(change.root().value()).isEqualTo("crm:deal:3");
        assertThat(change.revision()).isEqualTo(1);
        assertThat(change.from().stage()).isEqualTo("lead_created");
        assertThat(change.to().stage()).isEqualTo("contracting");
        assertThat(change.to().gaps()).containsExactly("briefed", "offer_ready");
        assertThat(change.evidence()).hasSize(1);
        assertThat(change.evidence().getFirst().object().value()).isEqualTo("docflow:contract:3");
        assertThat(change.evidence().getFirst().status()).isEqualTo("Contract Signed");
        assertThat(change.evidence().getFirst().occurredAt().toEpochMilli()).isEqualTo(T + 1000);
        assertThat(findings.stages())
                .isEqualTo(Map.of(
                        new Move("lead_created", "lead_created"), 3L, new Move("lead_created", "contracting"), 1L));
        assertThat(findings.gaps()).isEqualTo(1);
        assertThat(findings.share()).isEqualTo(0.25);
        assertThat(of).isEmpty();
        assertThat(none.judged()).isZero();
        assertThat(none.looked()).isEqualTo(4);
    }

    @Test
    void a_change_that_many_facts_decide_is_told_with_fifty() throws SQLException {
        // given
        List<Statement> story = new ArrayList<>();
        story.add(Histories.fact(UUID.randomUUID(), "crm:deal:wide", "Deal Created", T));
        for (int i = 0; i < 60; i++) {
            story.add(Histories.fact(
                    UUID.randomUUID(), "docflow:contract:" + i, "Contract Signed", T + i, "crm:deal:wide"));
        }
        tell(story);
        RuleSet all = RuleSets.parse(
                "all.yaml",
                RuleSets.loadFile("strict-table")
                        .text()
                        .replace(
                                "when: {some: {kind: 'docflow:contract', reached: Contract Signed}}",
                                "when: {all: [{some: {kind: 'docflow:contract', reached: Contract Signed}}, {every:"
                                        + " {kind: 'docflow:contract', among: Contract Drafted, reached: Contract Signed}}]}"));

        // when
        List<ChangedDeal> changes = run(new RuleTrial(DEFAULT, all, TrialFilter.ALL), new TrialFindings());

        // then
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().to().stage()).isEqualTo("contracting");
        assertThat(changes.getFirst().evidence()).hasSize(50);
    }

    @Test
    void a_deal_with_too_many_facts_to_be_folded_is_left_out_and_counted() throws SQLException {
        // given
        tell(1, 1);
        database.jdbc().sql("UPDATE deals SET stale = true").update();

        // when
        TrialFindings findings = new TrialFindings();
        run(new RuleTrial(DEFAULT, STRICT, TrialFilter.ALL, 10, 1), findings);

        // then
        assertThat(findings.leftOut()).isEqualTo(1);
        assertThat(findings.judged()).isEqualTo(1);
    }

    @Test
    void a_deal_that_cannot_be_folded_is_left_out_and_holds_up_no_other() throws SQLException {
        // given
        tell(1, 1);
        database.jdbc().sql("UPDATE deals SET stale = true").update();
        database.jdbc()
                .sql("UPDATE facts SET links = '{unreadable}' WHERE subject = 'crm:deal:0'")
                .update();

        // when
        TrialFindings findings = new TrialFindings();
        List<ChangedDeal> changes = run(new RuleTrial(DEFAULT, STRICT, TrialFilter.ALL), findings);

        // then
        assertThat(changes).hasSize(1);
        assertThat(findings.leftOut()).isEqualTo(1);
        assertThat(findings.judged()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{1} of {0} and {1} deals move, {2} are accepted: refused {3}")
    @CsvSource({"0, 20, 0, false", "0, 21, 0, true", "0, 21, 20, true", "0, 21, 21, false", "420, 21, 0, false"})
    void a_rule_set_that_moves_many_deals_does_not_come_into_use(int alike, int other, long accepted, boolean refused)
            throws SQLException {
        // given
        tell(alike, other);
        RuleChangeGuard guard = new RuleChangeGuard(STRICT, accepted);

        // when, then
        try (Connection connection = database.dataSource().getConnection()) {
            if (refused) {
                assertThatThrownBy(() -> guard.check(connection, DEFAULT.identity()))
                        .isInstanceOf(SettingRefusedException.class)
                        .hasMessageContaining("strict-table@1 would move 21 of 21 deals (100.0 %)")
                        .hasMessageContaining("lead_created -> contracting 21")
                        .hasMessageContaining("masterdeal.service.rules.accept-moves=21")
                        .hasMessageContaining("the present rule set, default@1,");
            } else {
                guard.check(connection, DEFAULT.identity());
            }
        }
    }
}
