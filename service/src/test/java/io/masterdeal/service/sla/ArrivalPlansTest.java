package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.sla.ArrivalReport.ObjectArrival;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** What the report on arrivals costs does not grow with what is stored. */
class ArrivalPlansTest {

    /** The deal, its links and objects and their facts, each by an index of a few levels. */
    private static final long PAGES_OF_A_DEAL = 30;

    private static Database database;

    private static Plans plans;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.load(database);
        // Each plan is linked to its deal, and deal 7777 is linked to by deal 1.
        database.jdbc()
                .sql(
                        "INSERT INTO links (child, parent, followed) SELECT 'media:mediaplan:' || i, 'crm:deal:' || i, true FROM"
                                + " generate_series(1, :count) AS i UNION ALL SELECT 'crm:deal:1', 'crm:deal:7777', false")
                .param("count", ManyDeals.COUNT)
                .update();
        database.jdbc()
                .sql("UPDATE facts SET links = ARRAY['crm:deal:7777'], occurred_at = '2026-04-06 12:00:00Z',"
                        + " received_at = '2026-04-06 12:00:10Z' WHERE subject = 'media:mediaplan:7777'")
                .update();
        database.jdbc().sql("VACUUM ANALYZE links, facts").update();
        plans = new Plans(database);
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void forget() {
        plans.forget();
    }

    private static UUID id(int deal) {
        return database.jdbc()
                .sql("SELECT md5(?)::uuid")
                .param("deal" + deal)
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
    }

    @Test
    void the_report_of_one_deal() {
        ArrivalQueries.DealArrival deal = new ArrivalQueries(Readers.over(plans.watched())).report(id(7777));

        assertThat(deal.root().value()).isEqualTo("crm:deal:7777");
        assertThat(deal.report().objects())
                .extracting(ObjectArrival::facts, ObjectArrival::firstDelay, ObjectArrival::orphanWaited)
                .containsExactly(tuple(1, 10_000L, 0L));
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages touched: %s", plans).isLessThan(PAGES_OF_A_DEAL);
    }

    @Test
    void a_deal_that_only_another_root_names_is_known_since_then_and_what_was_taken_back_does_not_count() {
        database.jdbc()
                .sql("UPDATE facts SET master_deal_id = :deal, received_at = '2026-04-06 12:00:10Z'"
                        + " WHERE subject = 'media:mediaplan:7779'")
                .param("deal", id(7779))
                .update();
        database.jdbc()
                .sql("INSERT INTO links (child, parent, followed) VALUES ('crm:deal:2', 'crm:deal:7779', false)")
                .update();
        fact("crm:deal:2", "'{}'", false, "12:00:15");
        fact("crm:deal:2", "'{crm:deal:7779}'", true, "12:00:20");
        fact("crm:deal:2", "'{crm:deal:7779}'", false, "12:00:30");
        fact("media:mediaplan:7779", "'{crm:deal:7779}'", true, "12:00:00");

        ArrivalReport report = new ArrivalQueries(Readers.over(plans.watched()))
                .report(id(7779))
                .report();

        assertThat(report.objects())
                .extracting(it -> it.object().value(), ObjectArrival::facts, ObjectArrival::orphanWaited)
                .containsExactly(tuple("media:mediaplan:7779", 1, 20_000L));
    }

    private static void fact(String subject, String links, boolean retracted, String received) {
        database.jdbc()
                .sql(
                        "INSERT INTO facts (event_id, content_hash, type, subject, occurred_at, links, attributes, retracted, source,"
                                + " replayed, origin, received_at) VALUES (gen_random_uuid(), '\\x00', 'crm.object.updated', :subject,"
                                + " now(), " + links
                                + ", '{}', :retracted, 'test', false, 'nowhere', :received::timestamptz)")
                .param("subject", subject)
                .param("retracted", retracted)
                .param("received", "2026-04-06 " + received + "Z")
                .update();
    }

    @Test
    void a_deal_with_too_many_facts_is_refused() {
        ArrivalQueries narrow = new ArrivalQueries(Readers.over(plans.watched()), 0);

        assertThatThrownBy(() -> narrow.report(id(7778)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT));
    }
}
