package io.masterdeal.facts;

import static io.masterdeal.facts.Histories.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.Database;
import io.masterdeal.model.Fact;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transactions that each tell a part, over connections of their own, and see nothing of each other until they commit: in
 * every order of begin, lock, write and commit, what they told together is what is stored in the end.
 */
class ConcurrentPlacementTest {

    private static final boolean LONG = Boolean.getBoolean("masterdeal.long");

    /** Of 34,650 orders of three transactions, and very many more of four. */
    private static final int SAMPLE = LONG ? 1500 : 45;

    private static final RuleSet RULES = RuleSets.load("default");

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static Database database;

    @BeforeAll
    static void make_a_schema() {
        database = Database.createWithoutWaitingForTheDisk();
    }

    @AfterAll
    static void let_it_go() {
        THREADS.close();
        database.close();
    }

    static Stream<Arguments> pairs() {
        return StatementRace.ofTwo().entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void two_at_once_end_as_the_model_says_in_every_order(
            @SuppressWarnings("unused") String name, Supplier<StatementRace> pair) throws Exception {
        List<List<Integer>> orders = new ArrayList<>(Interleaving.all(2));
        assertThat(orders).hasSize(70);
        runAll(pair, orders);
    }

    @Test
    void a_chain_of_three_links_is_always_placed() throws Exception {
        runSample(
                3,
                1,
                () -> StatementRace.of(
                        List.of(StatementRace.fact("media:mediaplan:A", "Plan Ready")),
                        List.of(StatementRace.fact("media:mediaplan:A", null, "docflow:contract:B")),
                        List.of(StatementRace.fact("docflow:contract:B", "Contract Signed", "docflow:dossier:C")),
                        List.of(StatementRace.fact("docflow:dossier:C", null, "crm:deal:D"))));
    }

    @Test
    void a_chain_of_four_links_is_always_placed() throws Exception {
        runSample(
                4,
                2,
                () -> StatementRace.of(
                        List.of(StatementRace.fact("media:mediaplan:A", "Plan Ready")),
                        List.of(StatementRace.fact("media:mediaplan:A", null, "docflow:contract:B")),
                        List.of(StatementRace.fact("docflow:contract:B", "Contract Signed", "docflow:dossier:C")),
                        List.of(StatementRace.fact("docflow:dossier:C", null, "task:task:E")),
                        List.of(StatementRace.fact("task:task:E", null, "crm:deal:D"))));
    }

    @Test
    void links_around_one_that_is_taken_back_are_always_right() throws Exception {
        runSample(3, 3, () -> {
            Fact wrong = StatementRace.fact("docflow:contract:B", "Contract Signed", "docflow:dossier:C");
            return StatementRace.of(
                    List.of(wrong),
                    List.of(StatementRace.fact("media:mediaplan:A", "Plan Ready", "docflow:contract:B")),
                    List.of(StatementRace.fact("docflow:dossier:C", null, "crm:deal:D")),
                    List.of(StatementRace.retraction(wrong)));
        });
    }

    @Test
    void a_fact_its_retraction_and_a_link_to_its_object_are_always_right() throws Exception {
        runSample(3, 4, () -> {
            Fact wrong = StatementRace.fact("docflow:contract:B", "Contract Signed", "crm:deal:D");
            return StatementRace.of(
                    List.of(),
                    List.of(wrong),
                    List.of(StatementRace.fact("media:mediaplan:A", "Plan Ready", "docflow:contract:B")),
                    List.of(StatementRace.retraction(wrong)));
        });
    }

    @Test
    void a_fact_its_retraction_and_a_link_of_its_object_are_always_right() throws Exception {
        runSample(3, 5, () -> {
            Fact wrong = StatementRace.fact("docflow:contract:K", "Contract Signed");
            return StatementRace.of(
                    List.of(StatementRace.fact("crm:deal:D", "Deal Created")),
                    List.of(wrong),
                    List.of(StatementRace.retraction(wrong)),
                    List.of(StatementRace.fact("docflow:contract:K", null, "crm:deal:D")));
        });
    }

    private static void runSample(int transactions, long seed, Supplier<StatementRace> race) throws Exception {
        List<List<Integer>> orders = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < SAMPLE; i++) {
            orders.add(Interleaving.any(transactions, random));
        }
        runAll(race, orders);
    }

    /** Runs them, a few at once: each waits most of the time, and they share no object. */
    private static void runAll(Supplier<StatementRace> race, List<List<Integer>> orders) throws Exception {
        try (ExecutorService few = Executors.newFixedThreadPool(4)) {
            List<Future<?>> runs = new ArrayList<>();
            for (List<Integer> order : orders) {
                runs.add(few.submit(() -> {
                    runInOrder(race, order);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    private static void runInOrder(Supplier<StatementRace> supplier, List<Integer> order) throws Exception {
        // given
        StatementRace race = StatementRace.make(supplier);
        FactStore store = FactStoreModelTest.store(database, RULES);
        store.add(received(race.before()));
        List<List<ReceivedStatement>> batches = new ArrayList<>();
        race.atOnce().forEach(statements -> batches.add(received(statements)));

        // when
        new Interleaving(database, RULES, THREADS).run(batches, order);

        // then
        List<Statement> all = new ArrayList<>(race.before());
        race.atOnce().forEach(all::addAll);
        FactSet statements = new FactSet().addAll(all);
        Answers model = statements.answer(RULES);
        new StoredAnswers(database, RULES).areThoseOf(statements, StatementRace.ending(), "order " + order);
        assertThat(database.jdbc()
                        .sql("SELECT event_id FROM event_ids WHERE conflict AND event_id = ANY (?)")
                        .param(all.stream().map(Statement::eventId).toArray(UUID[]::new))
                        .query(UUID.class)
                        .list())
                .as("conflicts in order %s", order)
                .containsExactlyInAnyOrderElementsOf(model.conflicts().keySet());
    }
}
