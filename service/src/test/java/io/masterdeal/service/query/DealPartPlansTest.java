package io.masterdeal.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.StoredState;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.ManyDeals;
import io.masterdeal.facts.servers.Plans;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.role.database.Readers;
import io.masterdeal.rulesets.RuleSets;
import io.masterdeal.service.query.DealFactQueries.Found;
import io.masterdeal.service.query.DealFactQueries.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a page of a deal's facts, objects or revisions costs, where many deals are stored, and the deal has thousands of facts and an object that
 * thousands of deals share.
 */
class DealPartPlansTest {

    /** An object of thousands of facts and of 2,000 deals, and 300 small ones of one deal, which have ten facts each. */
    private static final String BIG = "docflow:contract:BIG";

    private static final int BIG_FACTS = 7_000;

    private static final int SMALL = 300;

    /** With the one fact that {@link ManyDeals} gives each deal. */
    private static final int ALL_FACTS = BIG_FACTS + 10 * SMALL + 1;

    private static final String FACTS = """
            INSERT INTO facts (event_id, content_hash, type, subject, occurred_at, links, attributes, retracted, source, replayed,
                origin)
            SELECT gen_random_uuid(), '\\x00', 'test', %s, timestamptz '2026-01-01T00:00:00Z' + i / 3 * interval '1 minute',
                ARRAY ['crm:deal:1'], jsonb_build_object('a' || i %% 70, i::text), i %% 10 = 0, 'test', false, 'nowhere'
            FROM generate_series(1, %d) AS i
            """;

    private static Database database;

    private static Plans plans;

    private static Readers readers;

    private static UUID deal;

    @BeforeAll
    static void load() {
        database = Database.create();
        ManyDeals.load(database);
        deal = database.jdbc()
                .sql("SELECT md5('deal1')::uuid")
                .query(UUID.class)
                .single();
        sql(FACTS.formatted("'" + BIG + "'", BIG_FACTS));
        sql(FACTS.formatted("'dcm:invoice:' || i % " + SMALL, 10 * SMALL));
        sql("INSERT INTO placements SELECT '" + BIG + "', md5('deal' || i)::uuid FROM generate_series(1, 2000) AS i");
        sql("INSERT INTO placements SELECT 'dcm:invoice:' || i, md5('deal1')::uuid FROM generate_series(0, "
                + (SMALL - 1) + ") AS i");
        sql("INSERT INTO deal_references VALUES ('" + BIG + "', md5('deal1')::uuid)");
        sql("INSERT INTO deal_revisions (deal_id, revision, epoch, type, stage, outcome, changed, causes, causes_total)"
                + " SELECT md5('deal1')::uuid, i, 1, 'masterdeal.updated', 'stage1', 'open', '{objects}', '{}', 0"
                + " FROM generate_series(2, 5000) AS i");
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        members.put(new ObjectKey(BIG), Set.of(new ObjectKey("crm:deal:1")));
        for (int i = 0; i < SMALL; i++) {
            members.put(new ObjectKey("dcm:invoice:" + i), Set.of(new ObjectKey("crm:deal:1")));
        }
        database.jdbc()
                .sql("UPDATE deals SET state = ? WHERE id = ?")
                .params(StoredState.write(new DealState(0, null, members, Map.of(), Map.of(), List.of())), deal)
                .update();
        sql("VACUUM ANALYZE facts, placements, deal_references, deal_revisions");
        plans = new Plans(database);
        readers = Readers.over(plans.watched());
    }

    private static void sql(String statement) {
        database.jdbc().sql(statement).update();
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
    void a_page_of_facts_costs_some_look_ups_for_each_object_and_not_all_facts() {
        DealFactQueries facts = new DealFactQueries(readers);
        for (Order order : Order.values()) {
            List<String> seen = new ArrayList<>();
            @Nullable FactPlace place = null;
            int pages = 0;
            do {
                plans.forget();
                Found found = facts.of(deal, order, place, 1000);
                found.facts().forEach(fact -> seen.add(fact.eventId()));
                place = found.last();
                pages++;
                assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
                // Two look-ups of an object are about eight pages; the facts of a page lie on as many pages, at most.
                assertThat(plans.pages()).as("pages: %s", plans).isLessThan(12L * SMALL + 1500);
            } while (place != null);
            assertThat(pages).isEqualTo(1 + ALL_FACTS / 1000);
            String direction = order == Order.NEWEST ? "DESC" : "ASC";
            assertThat(seen)
                    .isEqualTo(database.jdbc()
                            .sql(
                                    "SELECT event_id::text FROM facts WHERE type = 'test' OR subject = 'media:mediaplan:1' ORDER BY occurred_at "
                                            + direction + ", event_id " + direction)
                            .query(String.class)
                            .list());
        }
    }

    @Test
    void a_page_of_facts_of_an_ordinary_deal_is_cheap() {
        // when
        UUID ordinary = database.jdbc()
                .sql("SELECT md5('deal7777')::uuid")
                .query(UUID.class)
                .single();
        Found found = new DealFactQueries(readers).of(ordinary, Order.NEWEST, null, 100);

        // then
        assertThat(found.facts()).hasSize(1);
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).isLessThan(40);
    }

    @Test
    void objects_cost_a_limited_number_of_rows_each() {
        // when
        ObjectsView objects = new DealObjectQueries(readers).of(deal, null, 200);

        // then
        assertThat(objects.total()).isEqualTo(SMALL + 2);
        assertThat(objects.items()).hasSize(200);
        assertThat(objects.links()).hasSize(199);
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages: %s", plans).isLessThan(200L * 100);
        plans.forget();
        ObjectsView last = new DealObjectQueries(readers).of(deal, "dcm:invoice:99", 200);
        assertThat(last.items()).last().satisfies(big -> {
            assertThat(big.key()).isEqualTo(BIG);
            assertThat(big.deals()).isEqualTo(1000);
            assertThat(big.moreDeals()).isTrue();
            assertThat(big.facts()).isEqualTo(1000);
            assertThat(big.moreFacts()).isTrue();
            assertThat(big.attributes()).hasSize(50);
        });
        assertThat(last.truncated()).isTrue();
        assertThat(last.links())
                .filteredOn(link -> link.child().equals(BIG))
                .hasSize(2)
                .allSatisfy(link -> assertThat(link.facts()).hasSizeBetween(0, 5));
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages: %s", plans).isLessThan(1500);
    }

    @Test
    void revisions_and_the_rows_of_deals_are_found_by_index() {
        RevisionQueries revisions = new RevisionQueries(readers);
        assertThat(revisions.of(deal, null, 100).items()).hasSize(100);
        assertThat(revisions.of(deal, 50L, 100).items()).hasSize(49);
        assertThat(revisions.of(deal, null, 100).fromRevision()).isEqualTo(1);
        DealQueries deals = new DealQueries(readers, RuleSets.load("default"));
        FactQueries facts = new FactQueries(readers, RuleSets.load("default"));
        NamedDeals named = new NamedDeals(readers, new DealNames(deals, facts));
        assertThat(named.find(deal.toString())).hasSize(1);
        assertThat(named.find("media:mediaplan:7777")).hasSize(1);
        assertThat(named.find("crm:deal:7777")).hasSize(1);
        assertThat(named.find("nothing:at:all")).isEmpty();
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
        assertThat(plans.pages()).as("pages: %s", plans).isLessThan(100);
        plans.forget();
        assertThat(named.find("docflow:contract:FRAME")).hasSize(2);
        assertThat(plans.readWhole()).as("tables read whole: %s", plans).isEmpty();
    }
}
