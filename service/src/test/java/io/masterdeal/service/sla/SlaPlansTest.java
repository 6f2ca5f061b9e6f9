package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.role.database.Readers;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a report costs does not grow with what is stored: no table is read whole, and the pages touched are those of its facts. */
class SlaPlansTest {

    private static final Instant NOW = Instant.parse("2026-04-06T12:00:00Z");

    /** The deal, its objects and their facts, each by an index of a few levels. */
    private static final long PAGES_OF_A_DEAL = 20;

    private static Database database;

    private static Plans plans;

    private static SlaQueries queries;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.load(database);
        plans = new Plans(database);
        queries = new SlaQueries(
                Readers.over(plans.watched()), SlaFiles.load("default", "default", RuleSets.load("default")));
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void forget() {
        plans.forget();
    }

    @Test
    void the_report_of_one_deal() {
        UUID id = database.jdbc()
                .sql("SELECT md5('deal7777')::uuid")
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();

        assertThat(queries.report(id, NOW).root().value()).isEqualTo("crm:deal:7777");

        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(PAGES_OF_A_DEAL);
    }

    @Test
    void a_trial_of_policies_on_one_deal_reads_its_facts_once_and_not_too_many() {
        UUID id = database.jdbc()
                .sql("SELECT md5('deal7778')::uuid")
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
        SlaEvaluator bundled = SlaFiles.load("default", "default", RuleSets.load("default"));

        SlaTrial.Reports reports =
                Objects.requireNonNull(new SlaTrial(Readers.over(plans.watched()), bundled).run(id, bundled, NOW));

        assertThat(reports.tried()).isEqualTo(reports.now());
        assertThat(reports.now().root().value()).isEqualTo("crm:deal:7778");
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(PAGES_OF_A_DEAL);
        assertThat(new SlaTrial(Readers.over(plans.watched()), bundled, 0).run(id, bundled, NOW))
                .isNull();
    }

    @Test
    void a_deal_with_too_many_facts_is_told_on_its_page_and_stops_no_other() {
        database.jdbc()
                .sql(
                        "INSERT INTO facts (event_id, content_hash, type, subject, occurred_at, links, attributes, retracted,"
                                + " source, replayed, origin) SELECT gen_random_uuid(), '\\x00', 'media.mediaplan.ready',"
                                + " 'media:mediaplan:6003', now(), '{}', '{}', false, 'test', false, 'nowhere'")
                .update();
        SlaQueries narrow = new SlaQueries(
                Readers.over(plans.watched()), SlaFiles.load("default", "default", RuleSets.load("default")), 1);

        List<SlaReportView> page = narrow.page("crm:deal:6000", 5, NOW).stream()
                .map(SlaReportView::of)
                .toList();

        assertThat(page)
                .extracting(SlaReportView::root)
                .containsExactly("crm:deal:6001", "crm:deal:6002", "crm:deal:6003", "crm:deal:6004", "crm:deal:6005");
        assertThat(page)
                .filteredOn(report -> report.problem() != null)
                .extracting(SlaReportView::root)
                .containsExactly("crm:deal:6003");
    }

    @Test
    void a_page_of_reports() {
        List<SlaQueries.Evaluated> page = queries.page("crm:deal:5000", 101, NOW);

        assertThat(page).hasSize(101);
        assertThat(page.getFirst().root().value()).isEqualTo("crm:deal:5001");
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(101 * PAGES_OF_A_DEAL);
    }
}
