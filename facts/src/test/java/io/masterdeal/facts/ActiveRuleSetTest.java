package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.settings.OtherSettingsException;
import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.testbed.servers.TestServers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All processes of a database answer by one rule set; alone, one may change it, and every deal is folded again. */
class ActiveRuleSetTest {

    private static final String STRICT = RuleSets.identity("strict-table");

    private static final String DEFAULT = RuleSets.identity("default");

    private Database database;

    @BeforeEach
    void make_a_schema() {
        database = Database.create(TestServers.get().createDatabase("rules"));
    }

    @AfterEach
    void let_it_go() {
        database.close();
    }

    @Test
    void a_second_process_with_other_rules_is_refused_and_the_first_goes_on() throws Exception {
        try (SettingInUse first = announce(DEFAULT);
                SettingInUse second = announce(DEFAULT)) {
            assertThat(first).isNotEqualTo(second);
            assertThatThrownBy(() -> announce(STRICT))
                    .isInstanceOf(OtherSettingsException.class)
                    .hasMessageContaining(DEFAULT)
                    .hasMessageContaining(STRICT);
            assertThat(current()).isEqualTo(DEFAULT);
        }
    }

    @Test
    void processes_that_start_at_once_with_the_same_rules_all_start() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SettingInUse> start = () -> announce(DEFAULT);
            List<Future<SettingInUse>> all = threads.invokeAll(List.of(start, start, start, start));
            for (Future<SettingInUse> each : all) {
                each.get().close();
            }
        }
        assertThat(current()).isEqualTo(DEFAULT);
    }

    @Test
    void alone_a_process_may_bring_other_rules_and_every_deal_is_folded_again() throws Exception {
        // given
        List<Statement> story = Histories.of(7);
        try (SettingInUse _ = announce(DEFAULT)) {
            FactStore store = FactStoreModelTest.store(database, RuleSets.load("default"));
            store.add(Histories.received(story));
            FactStoreModelTest.settle(store);
        }

        // when
        try (SettingInUse _ = announce(STRICT)) {
            RuleSet strict = RuleSets.load("strict-table");
            FactStore store = FactStoreModelTest.store(database, strict);
            long marked = store.pending();
            FactStoreModelTest.settle(store);

            // then
            assertThat(marked).isPositive();
            assertThat(current()).isEqualTo(STRICT);
            new StoredAnswers(database, strict)
                    .areThoseOf(new FactSet().addAll(story), Histories.suffix(7), "seed 7, strict");
        }
        try (SettingInUse _ = announce(STRICT)) {
            assertThat(database.jdbc()
                            .sql("SELECT count(*) FROM pending_folds")
                            .query(Integer.class)
                            .single())
                    .as("the same rules again mark nothing")
                    .isZero();
        }
    }

    @Test
    void other_rules_leave_the_answers_until_each_is_folded_and_publish_only_what_differs() throws Exception {
        // given: the contract of the second deal has no legal case, so that the two rule sets differ about it
        List<Statement> story = List.of(
                Histories.fact(UUID.randomUUID(), "crm:deal:SAME", "Deal Created", 1000),
                Histories.fact(UUID.randomUUID(), "crm:deal:SAME", "Brief Submitted", 2000),
                Histories.fact(UUID.randomUUID(), "crm:deal:OTHER", "Deal Created", 1000),
                Histories.fact(UUID.randomUUID(), "docflow:contract:K", "Contract Signed", 2000, "crm:deal:OTHER"));
        try (SettingInUse _ = announce(DEFAULT)) {
            FactStoreModelTest.store(database, RuleSets.load("default")).add(Histories.received(story));
        }
        List<String> before = timelines();

        try (SettingInUse _ = announce(STRICT)) {
            // when
            List<String> meanwhile = timelines();
            FactStoreModelTest.settle(FactStoreModelTest.store(database, RuleSets.load("strict-table")));

            // then
            assertThat(before).hasSize(2).allMatch(it -> it.contains("lead_created"));
            assertThat(meanwhile).isEqualTo(before);
            assertThat(timelines()).isNotEqualTo(before);
            assertThat(database.jdbc()
                            .sql("SELECT root_key || ' ' || revision FROM deals ORDER BY root_key")
                            .query(String.class)
                            .list())
                    .containsExactly("crm:deal:OTHER 2", "crm:deal:SAME 1");
        }
    }

    private List<String> timelines() {
        return database.jdbc()
                .sql("SELECT state FROM deals ORDER BY root_key")
                .query((row, _) -> {
                    byte[] state = row.getBytes(1);
                    return state == null
                            ? ""
                            : StoredState.read(state).timeline().toString();
                })
                .list();
    }

    private SettingInUse announce(String identity) throws Exception {
        return SettingInUse.announce(database.dataSource().getConnection(), new ActiveRuleSet(identity));
    }

    private String current() {
        return database.jdbc()
                .sql("SELECT rule_set FROM active_rules")
                .query(String.class)
                .single();
    }
}
