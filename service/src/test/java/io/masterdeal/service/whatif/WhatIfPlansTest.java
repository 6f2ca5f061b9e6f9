package io.masterdeal.service.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.facts.whatif.RuleTrial;
import io.masterdeal.facts.whatif.TrialFilter;
import io.masterdeal.facts.whatif.TrialFindings;
import io.masterdeal.role.database.Readers;
import io.masterdeal.rulesets.RuleSets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a chunk of a trial and a page of its changes cost does not grow with the number of deals. */
class WhatIfPlansTest {

    private static final int CHUNK = Math.min(ManyDeals.COUNT / 20, RuleTrial.CHUNK);

    private static final UUID JOB = new UUID(7, 7);

    private static Database database;

    private static Plans plans;

    private static JobQueries queries;

    @BeforeAll
    static void load() {
        database = Database.create();
        String deals = " FROM generate_series(1, " + ManyDeals.COUNT + ") AS i";
        database.jdbc()
                .sql(
                        "INSERT INTO deals (id, root_key, known, revision) SELECT md5('deal' || i)::uuid, 'crm:deal:' || i,"
                                + " true, 1" + deals)
                .update();
        database.jdbc()
                .sql("INSERT INTO what_if_jobs (id, rule_set, identity, content, compared, asked_by, state, total)"
                        + " SELECT CASE WHEN i = 1 THEN ? ELSE md5('job' || i)::uuid END, '', '', '', '', '', 'done', 1"
                        + " FROM generate_series(1, 1000) AS i")
                .param(JOB)
                .update();
        database.jdbc()
                .sql("INSERT INTO what_if_changes (job_id, deal_id, change) SELECT ?, md5('deal' || i)::uuid, "
                        + "'{\"from\":{\"contradictory\":false},\"to\":{\"contradictory\":false},\"revision\":1}'"
                        + deals)
                .param(JOB)
                .update();
        database.jdbc()
                .sql("VACUUM ANALYZE deals, what_if_jobs, what_if_changes")
                .update();
        plans = new Plans(database);
        queries = new JobQueries(Readers.over(plans.watched()));
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void forget() {
        plans.forget();
    }

    private static void assertCheap(long pages) {
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(pages);
    }

    @Test
    void a_job_and_a_page_of_its_changes() {
        assertThat(queries.find(JOB)).isPresent();
        assertThat(queries.running()).isEmpty();
        assertThat(queries.changes(JOB, null, 101)).hasSize(101);
        assertThat(queries.changes(JOB, new UUID(0x7000_0000_0000_0000L, 0), 101))
                .hasSize(101);
        assertCheap(500);
    }

    @Test
    void a_chunk_of_a_trial() throws SQLException {
        TrialFindings findings = new TrialFindings();
        RuleTrial trial =
                new RuleTrial(RuleSets.load("default"), RuleSets.load("strict-table"), TrialFilter.ALL, CHUNK, 10_000);
        try (Connection connection = plans.watched().getConnection()) {
            RuleTrial.total(connection);
            trial.next(connection, findings);
            trial.next(connection, findings);
        }

        assertThat(findings.looked()).isEqualTo(2L * CHUNK);
        // Of each deal the row, and that it has no facts.
        assertCheap(2L * CHUNK * 5 + 300);
    }
}
