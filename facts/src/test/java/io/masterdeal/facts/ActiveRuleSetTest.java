package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.settings.OtherSettingsException;
import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.facts.settings.SettingRefusedException;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.testbed.servers.TestServers;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

    @Test
    void the_history_has_each_rule_set_with_its_text_from_when_it_came_into_use() throws Exception {
        // when
        announce(DEFAULT, "the default").close();
        announce(DEFAULT, "the default, with a comment").close();
        announce(STRICT, "the strict one").close();
        announce(DEFAULT, "the default again").close();

        // then
        assertThat(history())
                .containsExactly(DEFAULT + " the default", STRICT + " the strict one", DEFAULT + " the default again");
        assertThat(database.jdbc()
                        .sql("SELECT active_from FROM rule_set_history ORDER BY id")
                        .query(OffsetDateTime.class)
                        .list())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void the_history_of_a_schema_that_had_none_begins_with_the_rule_set_in_use_once() throws Exception {
        // given
        database.jdbc()
                .sql("INSERT INTO active_rules (rule_set) VALUES (?)")
                .param(DEFAULT)
                .update();

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SettingInUse> start = () -> announce(DEFAULT, "the default");
            for (Future<SettingInUse> each : threads.invokeAll(List.of(start, start, start, start))) {
                each.get().close();
            }
        }

        // then
        assertThat(history()).containsExactly(DEFAULT + " the default");
    }

    @Test
    void a_rule_set_that_is_refused_does_not_come_into_use_and_others_may() throws Exception {
        // given
        announce(DEFAULT).close();
        List<String> asked = new ArrayList<>();
        ActiveRuleSet refused = new ActiveRuleSet(STRICT, "", (_, before) -> {
            asked.add(before);
            throw new SettingRefusedException("too many");
        });

        // when
        try (Connection connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> SettingInUse.announce(connection, refused))
                    .isInstanceOf(SettingRefusedException.class)
                    .hasMessage("too many");

            // then: the lock has gone although the connection is still there
            assertThat(asked).containsExactly(DEFAULT);
            assertThat(current()).isEqualTo(DEFAULT);
            assertThat(history()).containsExactly(DEFAULT + " ");
            announce(STRICT).close();
            assertThat(current()).isEqualTo(STRICT);
        }
    }

    private List<String> history() {
        return database.jdbc()
                .sql("SELECT identity || ' ' || content FROM rule_set_history ORDER BY id")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private SettingInUse announce(String identity, String text) throws Exception {
        return SettingInUse.announce(
                database.dataSource().getConnection(), new ActiveRuleSet(identity, text, ActiveRuleSet.Check.NONE));
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
        return announce(identity, "");
    }

    private String current() {
        return database.jdbc()
                .sql("SELECT rule_set FROM active_rules")
                .query(String.class)
                .single();
    }
}
