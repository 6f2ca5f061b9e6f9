package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.CommittedMessages;
import io.masterdeal.facts.servers.Database;
import io.masterdeal.facts.servers.LoggedChanges;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However statements come in, in the tables is what the model answers for all of them together. */
class FactStoreModelTest {

    private static final int SEEDS = Boolean.getBoolean("masterdeal.long") ? 2000 : 150;

    private static Database database;

    private static CommittedMessages committed;

    @BeforeAll
    static void make_a_schema() {
        database = Database.create();
        committed = CommittedMessages.from(database);
    }

    @AfterAll
    static void let_it_go() {
        committed.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "strict-table", "strict-pipeline"})
    void random_stories_end_in_the_answers_of_the_model(String rulesName) throws Exception {
        // given
        RuleSet rules = RuleSets.load(rulesName);
        FactStore store = store(database, rules);
        StoredAnswers stored = new StoredAnswers(database, rules);
        long first = 1_000_000L * (1 + RuleSets.BUNDLED.indexOf(rulesName));
        Map<Long, FactSet> models = new HashMap<>();
        Map<UUID, Long> revisions = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long seed : LongStream.range(first, first + SEEDS / 3).toArray()) {
                // when
                Delivery delivery = deliver(seed);
                addAll(store, delivery, threads);
                settle(store);

                // then
                FactSet model = new FactSet().addAll(Histories.of(seed));
                models.put(seed, model);
                stored.areThoseOf(model, Histories.suffix(seed), rulesName + ", " + delivery);
                followWithoutGaps(committed.next(), revisions, delivery.toString());
            }
        }

        // when
        store.rebuild();
        settle(store);

        // then
        models.forEach((seed, model) ->
                stored.areThoseOf(model, Histories.suffix(seed), rulesName + ", seed " + seed + ", after a rebuild"));
        assertThat(committed.next()).as("a rebuild changes no answer").isEmpty();

        // when
        Map<UUID, Integer> conflicts = new HashMap<>();
        for (String other : RuleSets.BUNDLED) {
            RuleSet otherRules = RuleSets.load(other);
            FactStore otherStore = store(database, otherRules);
            otherStore.refold();
            settle(otherStore);

            // then
            StoredAnswers folded = new StoredAnswers(database, otherRules);
            models.forEach((seed, model) -> {
                folded.areThoseOf(model, Histories.suffix(seed), other + ", seed " + seed + ", folded again");
                conflicts.putAll(model.answer(otherRules).conflicts());
            });
        }
        assertThat(conflicts).isNotEmpty();
        stored.haveConflicts(conflicts);
        database.clear();
        committed.next();
    }

    @Test
    void the_caches_can_be_rebuilt_while_statements_come_in() throws Exception {
        // given
        RuleSet rules = RuleSets.load("default");
        FactStore store = store(database, rules);
        AtomicBoolean enough = new AtomicBoolean();
        long[] seeds = LongStream.range(9_000_000, 9_000_012).toArray();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> rebuilding = threads.submit(() -> {
                int times = 0;
                while (!enough.get()) {
                    store.rebuild();
                    times++;
                }
                return times;
            });

            // when
            for (long seed : seeds) {
                addAll(store, deliver(seed), threads);
            }
            enough.set(true);
            assertThat(rebuilding.get()).isPositive();
        }
        settle(store);

        // then
        for (long seed : seeds) {
            new StoredAnswers(database, rules)
                    .areThoseOf(
                            new FactSet().addAll(Histories.of(seed)),
                            Histories.suffix(seed),
                            "seed " + seed + " with rebuilds");
        }
        database.clear();
        committed.next();
    }

    /** How a story is told to the store. */
    private record Delivery(long seed, int threads, boolean shuffled, List<List<Statement>> batches) {
        @Override
        public String toString() {
            return "seed " + seed + (shuffled ? " shuffled" : "") + " by " + threads + " threads in " + batches.size()
                    + " batches";
        }
    }

    private static Delivery deliver(long seed) {
        Random random = new Random(seed);
        List<Statement> statements = new ArrayList<>(Histories.of(seed));
        boolean shuffled = random.nextBoolean();
        if (shuffled) {
            Collections.shuffle(statements, random);
        }
        List<List<Statement>> batches = new ArrayList<>();
        for (int i = 0; i < statements.size(); ) {
            int end = Math.min(statements.size(), i + 1 + random.nextInt(random.nextBoolean() ? 3 : 10));
            List<Statement> batch = new ArrayList<>(statements.subList(i, end));
            while (random.nextInt(3) == 0) {
                batch.add(statements.get(random.nextInt(statements.size())));
            }
            batches.add(batch);
            i = end;
        }
        return new Delivery(seed, random.nextBoolean() ? 4 : 1, shuffled, batches);
    }

    private static void addAll(FactStore store, Delivery delivery, ExecutorService executor) throws Exception {
        Queue<List<Statement>> waiting = new ConcurrentLinkedQueue<>(delivery.batches());
        Callable<Integer> work = () -> {
            int added = 0;
            for (List<Statement> batch = waiting.poll(); batch != null; batch = waiting.poll()) {
                added += store.add(Histories.received(batch)).added();
            }
            return added;
        };
        List<Future<Integer>> done = new ArrayList<>();
        for (int i = 0; i < delivery.threads(); i++) {
            done.add(executor.submit(work));
        }
        int added = 0;
        for (Future<Integer> each : done) {
            added += each.get();
        }
        Set<String> different = new HashSet<>();
        Histories.of(delivery.seed()).forEach(each -> different.add(each.eventId() + each.content()));
        assertThat(added).as("%s: each statement is new once", delivery).isEqualTo(different.size());
    }

    static FactStore store(Database database, RuleSet rules) {
        return new FactStore(
                database.dataSource(),
                rules,
                List.of(new LoggedChanges(change -> (change.dealId() + " " + change.revision() + " "
                                + change.now().stage()
                                + (change.sla() == null
                                        ? ""
                                        : " " + change.sla().type()))
                        .getBytes(StandardCharsets.UTF_8))),
                Reactions.NONE,
                new SimpleMeterRegistry());
    }

    static void settle(FactStore store) {
        while (store.settlePending(50) > 0) {
            assertThat(store.pending()).isNotNegative();
        }
        assertThat(store.pending()).isZero();
    }

    /**
     * One revision a deal and transaction, counted from 1 without gaps; two if the first answer of all is that the deal is closed.
     */
    private static void followWithoutGaps(
            List<CommittedMessages.Message> messages, Map<UUID, Long> revisions, String story) {
        Set<String> seen = new HashSet<>();
        for (CommittedMessages.Message message : messages) {
            String[] parts = message.content().split(" ", -1);
            UUID deal = UUID.fromString(parts[0]);
            long revision = Long.parseLong(parts[1]);
            assertThat(revision)
                    .as("revision of %s in %s", deal, story)
                    .isEqualTo(revisions.getOrDefault(deal, 0L) + 1);
            if (revision == 2 && parts.length == 4) {
                assertThat(parts[3]).isEqualTo("CLOSED");
            } else {
                assertThat(seen.add(deal + " " + message.transaction()))
                        .as("one revision of %s a transaction in %s", deal, story)
                        .isTrue();
            }
            revisions.put(deal, revision);
        }
    }
}
