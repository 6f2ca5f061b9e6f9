package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.settings.OtherSettingsException;
import io.masterdeal.facts.settings.SettingInUse;
import io.masterdeal.model.Statement;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
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

/** All processes of a database make clocks by the same policies and calendars; alone, one may change them, and every deal waits to be evaluated. */
class ActiveSlaTest {

    private static final RuleSet RULES = RuleSets.load("default");

    private static final String CALENDARS = """
            calendars:
              office: {zone: Europe/Moscow, week: {mon: ["09:00-18:00"], tue: ["09:00-18:00"]}, holidays: [2026-02-23]}
            """;

    private static final String POLICIES = """
            name: ours
            version: 1
            policies:
              - policy: offer
                title: brief submitted to offer ready
                start: {holds: briefed}
                stop: {stage: {reached: offer_ready}}
                target: 24h
                calendar: office
            """;

    private Database database;

    @BeforeEach
    void make_a_schema() {
        database = Database.create(TestServers.get().createDatabase("sla"));
    }

    @AfterEach
    void let_it_go() {
        database.close();
    }

    private static ActiveSla of(String policies, String calendars) {
        SlaEvaluator evaluator =
                SlaFiles.policies("policies.yaml", policies, RULES, SlaFiles.calendars("calendars.yaml", calendars));
        return new ActiveSla(evaluator.meaning(), evaluator.label());
    }

    private static ActiveSla ours() {
        return of(POLICIES, CALENDARS);
    }

    private SettingInUse announce(ActiveSla sla) throws Exception {
        return SettingInUse.announce(database.dataSource().getConnection(), sla);
    }

    private String current() {
        return database.jdbc()
                .sql("SELECT meaning FROM active_sla")
                .query(String.class)
                .single();
    }

    private int waiting() {
        return database.jdbc()
                .sql("SELECT count(*) FROM pending_folds")
                .query(Integer.class)
                .single();
    }

    @Test
    void a_process_with_other_policies_is_refused_with_both_names_and_what_to_do() throws Exception {
        ActiveSla theirs = of(POLICIES.replace("version: 1", "version: 2"), CALENDARS);

        try (SettingInUse _ = announce(ours());
                SettingInUse _ = announce(ours())) {
            assertThatThrownBy(() -> announce(theirs))
                    .isInstanceOf(OtherSettingsException.class)
                    .hasMessage(
                            "another service process makes its clocks with SLA policies [ours@1], this one was to use"
                                    + " ours@2: stop the other one first, or start this one with the same policies and calendars"
                                    + " (masterdeal.service.sla.policies, masterdeal.service.sla.calendars)");
            assertThat(current()).isEqualTo(ours().meaning().toString());
        }
    }

    @Test
    void other_content_under_the_same_name_is_refused_and_the_message_says_that() throws Exception {
        ActiveSla otherTarget = of(POLICIES.replace("24h", "8h"), CALENDARS);
        ActiveSla otherCalendar = of(POLICIES, CALENDARS.replace("2026-02-23", "2026-02-24"));
        ActiveSla otherTask = of(POLICIES + "    escalation: {at: {breach: {task: Call the client}}}\n", CALENDARS);

        try (SettingInUse _ = announce(ours())) {
            for (ActiveSla other : List.of(otherTarget, otherCalendar, otherTask)) {
                assertThatThrownBy(() -> announce(other))
                        .isInstanceOf(OtherSettingsException.class)
                        .hasMessageContaining(
                                "this one was to use ours@1 with other content (the policies, or their calendars):");
            }
        }
    }

    @Test
    void how_the_files_are_written_does_not_count() throws Exception {
        ActiveSla rewritten = of(
                "# as agreed with sales\n"
                        + POLICIES.replace("brief submitted to offer ready", "offer")
                                .replace("target: 24h\n    calendar: office", "calendar: \"office\"\n    target: 24h"),
                CALENDARS.replace(
                        "mon: [\"09:00-18:00\"], tue: [\"09:00-18:00\"]",
                        "tue: [\"09:00-13:00\", \"13:00-18:00\"], mon: [\"09:00-18:00\"]"));

        try (SettingInUse first = announce(ours());
                SettingInUse second = announce(rewritten)) {
            assertThat(first).isNotEqualTo(second);
            assertThat(current()).isEqualTo(ours().meaning().toString());
        }
    }

    @Test
    void processes_that_start_at_once_with_the_same_policies_all_start() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SettingInUse> start = () -> announce(ours());
            for (Future<SettingInUse> each : threads.invokeAll(List.of(start, start, start, start))) {
                each.get().close();
            }
        }
        assertThat(current()).isEqualTo(ours().meaning().toString());
    }

    @Test
    void alone_a_process_may_bring_others_and_every_deal_is_marked_once() throws Exception {
        // given
        List<Statement> story = List.of(
                Histories.fact(UUID.randomUUID(), "crm:deal:A", "Deal Created", 1000),
                Histories.fact(UUID.randomUUID(), "crm:deal:B", "Deal Created", 1000));
        FactStore store = FactStoreModelTest.store(database, RULES);
        store.add(Histories.received(story));
        FactStoreModelTest.settle(store);

        // when / then: as after an upgrade from a version without clocks
        try (SettingInUse _ = announce(ours())) {
            assertThat(waiting()).isEqualTo(2);
            FactStoreModelTest.settle(store);
        }
        try (SettingInUse _ = announce(ours())) {
            assertThat(waiting()).as("the same again").isZero();
        }
        ActiveSla others = of(POLICIES.replace("24h", "8h"), CALENDARS);
        try (SettingInUse _ = announce(others)) {
            assertThat(waiting()).isEqualTo(2);
            assertThat(current()).isEqualTo(others.meaning().toString());
        }
        try (SettingInUse _ = announce(new ActiveSla(others.meaning(), "renamed@1"))) {
            FactStoreModelTest.settle(store);
        }
        try (SettingInUse _ = announce(others)) {
            assertThat(waiting()).as("another name alone").isZero();
        }
    }
}
