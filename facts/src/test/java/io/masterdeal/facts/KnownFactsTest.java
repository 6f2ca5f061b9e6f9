package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.facts.KnownFacts.Knowledge;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of an earlier instant now is what was answered then. */
class KnownFactsTest {

    private static final int SEEDS = Boolean.getBoolean("masterdeal.long") ? 400 : 36;

    private static final RuleSet RULES = RuleSets.load("default");

    private static final ObjectKey ROOT = new ObjectKey("crm:deal:asof");

    private static final ObjectKey PLAN = new ObjectKey("media:mediaplan:asof");

    /** Long before the clock of any PostgreSQL, so that what was not given an instant yet can be told apart. */
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    private static Database database;

    private static FactStore store;

    private static KnownFacts known;

    @BeforeAll
    static void make_a_schema() {
        database = Database.createWithoutWaitingForTheDisk();
        store = FactStoreModelTest.store(database, RULES);
        known = new KnownFacts(database.jdbc(), 1000);
    }

    @AfterAll
    static void let_it_go() {
        database.close();
    }

    @BeforeEach
    void start_from_nothing() {
        database.clear();
    }

    /** An answer as it is stored, or made again. */
    private record Told(Answer answer, int facts) {}

    @Test
    void what_was_answered_at_quiet_instants_is_answered_for_them_again() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            String suffix = Histories.suffix(seed);
            List<Map<String, Told>> told = new ArrayList<>();
            List<Map<String, Set<String>>> placed = new ArrayList<>();
            for (List<Statement> batch : batches(seed)) {
                store.add(Histories.received(batch));
                FactStoreModelTest.settle(store);
                receivedAt(told.size());
                told.add(answers(suffix));
                placed.add(placements(suffix));
            }
            Set<String> roots = new TreeSet<>();
            told.forEach(each -> roots.addAll(each.keySet()));

            // then
            assertThat(roots).as("deals of seed %d", seed).isNotEmpty();
            assertSame(told, placed, roots, "seed " + seed);
            if (seed == SEEDS) {
                store.rebuild();
                FactStoreModelTest.settle(store);
                assertSame(told, placed, roots, "seed " + seed + " after a rebuild");
            }
        }
    }

    private static void assertSame(
            List<Map<String, Told>> told, List<Map<String, Set<String>>> placed, Set<String> roots, String story) {
        for (int i = 0; i < told.size(); i++) {
            Knowledge then = Knowledge.at(quiet(i));
            Map<String, Told> again = new TreeMap<>();
            roots.forEach(root -> believed(new ObjectKey(root), then, again));
            assertThat(again).as("%s, after batch %d", story, i).isEqualTo(told.get(i));
        }
        Map<String, Set<String>> objects = placed.getLast();
        for (int i = 0; i < placed.size(); i += 2) {
            Knowledge then = Knowledge.at(quiet(i));
            Map<String, Set<String>> again = new TreeMap<>();
            for (String object : objects.keySet()) {
                Set<String> its = new TreeSet<>();
                known.rootsOf(new ObjectKey(object), then, 100).forEach(root -> its.add(root.value()));
                if (!its.isEmpty()) {
                    again.put(object, its);
                }
            }
            Map<String, Set<String>> expected = new TreeMap<>(placed.get(i));
            expected.keySet().retainAll(objects.keySet());
            assertThat(again)
                    .as("deals of objects, %s, after batch %d", story, i)
                    .isEqualTo(expected);
        }
    }

    private static void believed(ObjectKey root, Knowledge then, Map<String, Told> again) {
        if (known.isNamed(root, then)) {
            Deal deal = DealFold.of(root, RULES, known.facts(known.objects(root, then), then))
                    .answer();
            again.put(root.value(), new Told(Answer.of(deal, List.of(), new TreeMap<>()), deal.facts()));
        }
    }

    private static List<List<Statement>> batches(long seed) {
        Random random = new Random(seed);
        List<Statement> statements = new ArrayList<>(Histories.of(seed));
        if (random.nextBoolean()) {
            Collections.shuffle(statements, random);
        }
        List<List<Statement>> batches = new ArrayList<>();
        for (int i = 0; i < statements.size(); ) {
            int end = Math.min(statements.size(), i + 1 + random.nextInt(6));
            List<Statement> batch = new ArrayList<>(statements.subList(i, end));
            batch.add(statements.get(random.nextInt(end))); // A duplicate, or something early.
            batches.add(batch);
            i = end;
        }
        return batches;
    }

    /** A quiet instant: after all of a batch, before all of the next one. */
    private static Instant quiet(int batch) {
        return BEGIN.plusSeconds(60L * batch + 30);
    }

    private static void receivedAt(int batch) {
        OffsetDateTime at = OffsetDateTime.ofInstant(BEGIN.plusSeconds(60L * batch), ZoneOffset.UTC);
        for (String table : List.of("facts", "retractions")) {
            database.jdbc()
                    .sql("UPDATE " + table + " SET received_at = ? WHERE received_at > '2025-01-01'")
                    .param(at)
                    .update();
        }
    }

    private static Map<String, Told> answers(String suffix) {
        Map<String, Told> answers = new TreeMap<>();
        database.jdbc()
                .sql("SELECT * FROM deals WHERE known AND root_key LIKE ?")
                .param("%" + suffix)
                .query((row, _) -> answers.put(
                        row.getString("root_key"),
                        new Told(
                                new Answer(
                                        true,
                                        row.getString("stage"),
                                        row.getString("outcome"),
                                        Arrays.asList(
                                                (String[]) row.getArray("gaps").getArray()),
                                        StoredState.read(row.getBytes("state")).timeline(),
                                        StoredState.objects(StoredState.read(row.getBytes("state"))),
                                        List.of(),
                                        new TreeMap<>()),
                                row.getInt("facts"))))
                .list();
        return answers;
    }

    private static Map<String, Set<String>> placements(String suffix) {
        Map<String, Set<String>> placements = new TreeMap<>();
        database.jdbc()
                .sql("SELECT object_key, root_key FROM placements JOIN deals ON id = deal_id AND known"
                        + " WHERE object_key LIKE ? AND object_key NOT LIKE 'crm:deal:%'")
                .param("%" + suffix)
                .query((row, _) -> placements
                        .computeIfAbsent(row.getString(1), _ -> new TreeSet<>())
                        .add(row.getString(2)))
                .list();
        return placements;
    }

    private static void tell(int batch, Statement... statements) {
        store.add(Histories.received(List.of(statements)));
        receivedAt(batch);
    }

    private static Fact fact(ObjectKey subject, String status, String... links) {
        return Histories.fact(UUID.randomUUID(), subject.value(), status, 0, links);
    }

    @Test
    void a_retraction_counts_from_when_it_was_received_and_only_for_its_own_domain() {
        // given
        Fact plan = fact(PLAN, "Plan Ready", ROOT.value());
        tell(0, fact(ROOT, "Deal Created"), plan);
        tell(1, Retraction.ofOwnDomain(fact(new ObjectKey("legal:case:x"), ""), List.of(plan.eventId())));
        tell(2, Retraction.ofOwnDomain(fact(PLAN, ""), List.of(plan.eventId())));

        // then
        assertThat(known.objects(ROOT, Knowledge.at(quiet(0)))).contains(PLAN);
        assertThat(known.objects(ROOT, Knowledge.at(quiet(1)))).contains(PLAN);
        assertThat(known.objects(ROOT, Knowledge.at(quiet(2)))).containsExactly(ROOT);
        assertThat(known.rootsOf(PLAN, Knowledge.at(quiet(1)), 10)).containsExactly(ROOT);
        assertThat(known.rootsOf(PLAN, Knowledge.at(quiet(2)), 10)).isEmpty();
    }

    @Test
    void a_period_has_what_came_and_went_within_it() {
        // given
        Fact plan = fact(PLAN, "Plan Ready", ROOT.value());
        tell(0, fact(ROOT, "Deal Created"));
        tell(1, plan);
        tell(2, Histories.retraction(UUID.randomUUID(), plan.eventId()));

        // then
        assertThat(known.objects(ROOT, Knowledge.at(quiet(2)))).containsExactly(ROOT);
        assertThat(known.objects(ROOT, Knowledge.during(quiet(0), quiet(2)))).containsExactlyInAnyOrder(ROOT, PLAN);
        assertThat(known.objects(ROOT, Knowledge.during(quiet(2), quiet(2)))).containsExactly(ROOT);
    }

    @Test
    void a_deal_is_not_known_before_a_fact_names_it() {
        // given
        tell(1, fact(PLAN, "Plan Ready", ROOT.value()));

        // then
        assertThat(known.isNamed(ROOT, Knowledge.at(quiet(0)))).isFalse();
        assertThat(known.isNamed(ROOT, Knowledge.at(quiet(1)))).isTrue();
    }

    @Test
    void a_conflict_is_one_when_its_second_content_was_received() {
        // given
        Fact plan = fact(PLAN, "Plan Ready", ROOT.value());
        tell(0, plan);
        tell(1, Histories.fact(plan.eventId(), PLAN.value(), "Plan Draft", 0, ROOT.value()));

        // then
        for (int i = 0; i < 2; i++) {
            Knowledge then = Knowledge.at(quiet(i));
            assertThat(known.conflicts(known.facts(List.of(PLAN), then), then, 10))
                    .hasSize(i);
        }
    }

    @Test
    void what_was_received_within_the_millisecond_counts() {
        // given
        tell(0, fact(ROOT, "Deal Created"));
        database.jdbc()
                .sql("UPDATE facts SET received_at = received_at + interval '999 microseconds'")
                .update();

        // then
        assertThat(known.isNamed(ROOT, Knowledge.at(BEGIN))).isTrue();
        assertThat(known.isNamed(ROOT, Knowledge.at(BEGIN.minusMillis(1)))).isFalse();
    }

    @Test
    void a_deal_that_is_too_large_is_refused() {
        // given
        Set<Statement> many = new HashSet<>(Set.of(fact(ROOT, "Deal Created")));
        for (int i = 0; i < 4; i++) {
            many.add(fact(new ObjectKey("media:mediaplan:" + i), "Plan Ready", ROOT.value()));
        }
        tell(0, many.toArray(Statement[]::new));
        Knowledge then = Knowledge.at(quiet(0));

        // then
        assertThat(new KnownFacts(database.jdbc(), 5).objects(ROOT, then)).hasSize(5);
        assertThatThrownBy(() -> new KnownFacts(database.jdbc(), 4).objects(ROOT, then))
                .isInstanceOf(TooManyFactsException.class)
                .hasMessage("more than 4 objects");
        assertThatThrownBy(() -> new KnownFacts(database.jdbc(), 4).facts(known.objects(ROOT, then), then))
                .hasMessage("more than 4 facts");
    }
}
