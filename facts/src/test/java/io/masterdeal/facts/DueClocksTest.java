package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.facts.servers.CommittedMessages;
import io.masterdeal.facts.servers.LoggedChanges;
import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.Fact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Very many clocks that are due at once, after a downtime: told in due order, each once, whoever else works on the deals. */
class DueClocksTest extends ClockCase {

    private static final int DEALS = 1000;

    private static final int CHUNK = 100;

    private static final long PATIENCE_SECONDS = 60;

    private final long seed = System.nanoTime();

    /** When the target of deal i is spent, in ms; all differ. */
    private final List<Long> dueAt = new ArrayList<>();

    /**
     * What a revision says.
     *
     * @param transaction that published it
     * @param deal the root
     * @param revision of the deal
     * @param breachedAt ms; 0 if it says nothing of a breach
     */
    private record Said(int transaction, String deal, long revision, long breachedAt) {
        static Said of(CommittedMessages.Message message) {
            String[] parts = message.content().split("\t", -1);
            return new Said(message.transaction(), parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        boolean isBreach() {
            return breachedAt != 0;
        }
    }

    /** Deals that are due one ms after the other, in the order of no id, added while nothing is due. */
    private void dealsDueOneAfterTheOther() {
        for (long i = 0; i < DEALS; i++) {
            dueAt.add(T + 60 * 60_000L + i);
        }
        Collections.shuffle(dueAt, new Random(seed));
        for (int first = 0; first < DEALS; first += CHUNK) {
            List<Fact> facts = new ArrayList<>();
            for (int i = first; i < first + CHUNK; i++) {
                facts.add(Histories.fact(UUID.randomUUID(), deal(i), "Deal Created", dueAt.get(i) - 60 * 60_000L));
            }
            time.at(1);
            store.add(Histories.received(facts));
        }
        assertThat(said()).hasSize(DEALS).noneMatch(Said::isBreach);
    }

    private String deal(int i) {
        return "crm:deal:" + i + ending;
    }

    @Override
    String text(DealChange change) {
        SlaStatement sla = change.sla();
        long at = sla == null || sla.about() == null ? 0 : sla.about().at().toEpochMilli();
        return change.root() + "\t" + change.revision() + "\t" + at;
    }

    private static List<Said> said() {
        return committed.next().stream().map(Said::of).toList();
    }

    /** Evaluates all that is due, in chunks as the worker does; returns how many chunks there were. */
    private static int fire(FactStore store) {
        int chunks = 0;
        while (store.settleDue(CHUNK) > 0) {
            chunks++;
        }
        return chunks;
    }

    @Test
    void what_became_due_in_a_downtime_is_told_in_due_order() {
        // given: nobody evaluates the deals until all are due
        dealsDueOneAfterTheOther();
        time.at(120);

        // when
        int chunks = fire(store);

        // then
        List<Said> said = said();
        assertThat(chunks).isEqualTo(DEALS / CHUNK);
        assertThat(said.stream().map(Said::transaction).distinct()).hasSize(DEALS / CHUNK);
        assertThat(said.stream().filter(Said::isBreach).map(Said::breachedAt))
                .as("seed %d", seed)
                .containsExactlyElementsOf(dueAt.stream().sorted().toList());
        assertToldOnce(said);
    }

    @Test
    void two_processes_tell_each_breach_once() throws Exception {
        // given
        dealsDueOneAfterTheOther();
        time.at(120);
        List<FactStore> stores = List.of(store(POLICIES), store(POLICIES));

        // when
        CyclicBarrier together = new CyclicBarrier(stores.size());
        try (ExecutorService processes = Executors.newFixedThreadPool(stores.size())) {
            List<Future<Integer>> chunks = stores.stream()
                    .map(each -> processes.submit(() -> {
                        together.await();
                        return fire(each);
                    }))
                    .toList();
            for (Future<Integer> each : chunks) {
                assertThat(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("both take part")
                        .isPositive();
            }
        }

        // then
        List<Said> said = said();
        assertToldOnce(said);
        Map<Integer, Long> last = new HashMap<>();
        said.stream().filter(Said::isBreach).forEach(each -> {
            Long before = last.put(each.transaction(), each.breachedAt());
            assertThat(before == null || before < each.breachedAt())
                    .as("each tells its own in due order: %s, seed %d", each, seed)
                    .isTrue();
        });
    }

    @Test
    void a_deal_that_the_intake_holds_is_left_to_it_and_the_others_do_not_wait() throws Exception {
        // given: a transaction of the intake that has a deal, and is long
        dealsDueOneAfterTheOther();
        time.at(120);
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Fact newest = Histories.fact(UUID.randomUUID(), deal(7), null, T + 90 * 60_000L);
        try (ExecutorService processes = Executors.newFixedThreadPool(2)) {
            Future<BatchReport> intake = processes.submit(() -> store.add(Histories.received(List.of(newest)), _ -> {
                holds.countDown();
                await(told);
            }));
            await(holds);

            // when
            List<Said> meanwhile;
            try {
                processes.submit(() -> fire(store)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                meanwhile = said();
            } finally {
                told.countDown();
            }
            intake.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            // then
            assertThat(meanwhile.stream().filter(Said::isBreach))
                    .hasSize(DEALS - 1)
                    .noneMatch(each -> each.deal().equals(deal(7)));
            assertThat(fire(store)).as("nothing is left").isZero();
            List<Said> all = Stream.concat(meanwhile.stream(), said().stream()).toList();
            assertToldOnce(all);
        }
    }

    @Test
    void what_failed_transactions_had_taken_is_told_by_later_ones() {
        // given: a database that goes away now and then, before or after the revisions are written
        dealsDueOneAfterTheOther();
        time.at(120);
        Random random = new Random(seed);
        LoggedChanges changes = new LoggedChanges(change -> text(change).getBytes(StandardCharsets.UTF_8));
        FactStore failing = new FactStore(
                database.dataSource(),
                RULES,
                new SlaTerms(evaluator(POLICIES), Duration.ofHours(24), time, tasks),
                List.of(new FailingListener(changes, random)),
                Reactions.NONE,
                new SimpleMeterRegistry());

        // when
        int failures = 0;
        while (true) {
            try {
                if (failing.settleDue(CHUNK) == 0) {
                    break;
                }
            } catch (StoreException e) {
                failures++;
            }
        }

        // then
        assertThat(failures).as("seed %d", seed).isPositive();
        assertToldOnce(said());
    }

    /** Loses its connection in every second transaction or so. */
    private record FailingListener(LoggedChanges changes, Random random) implements DealListener<byte[]> {
        @Override
        public byte[] prepare(DealChange change) {
            return changes.prepare(change);
        }

        @Override
        public void write(Connection connection, List<byte[]> prepared) throws SQLException {
            failNowAndThen();
            changes.write(connection, prepared);
            failNowAndThen();
        }

        private void failNowAndThen() throws SQLException {
            if (random.nextInt(4) == 0) {
                throw new SQLException("the connection is lost", "08006");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of each deal the revisions 2 and 3 were told, in this order, and 3 is the breach; the table says the same. */
    private void assertToldOnce(List<Said> said) {
        Map<String, List<String>> expected = new HashMap<>();
        Map<String, List<String>> told = new HashMap<>();
        for (int i = 0; i < DEALS; i++) {
            expected.put(deal(i), List.of("2 0", "3 " + dueAt.get(i)));
        }
        said.forEach(each -> told.computeIfAbsent(each.deal(), _ -> new ArrayList<>())
                .add(each.revision() + " " + each.breachedAt()));
        assertThat(told).as("seed %d", seed).isEqualTo(expected);
        Map<String, List<String>> stored = new HashMap<>();
        database.jdbc()
                .sql("SELECT d.root_key, concat_ws(' ', s.policy, s.kind, s.state, s.revision,"
                        + " (extract(epoch FROM s.at) * 1000)::bigint) AS text"
                        + " FROM sla_statements s JOIN deals d ON d.id = s.deal_id")
                .query((row, _) -> stored.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(row.getString(2)))
                .list();
        expected.replaceAll((root, revisions) -> List.of("whole breached told 3 " + dueAt.get(number(root))));
        assertThat(stored).as("seed %d", seed).isEqualTo(expected);
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM sla_deadlines")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private int number(String root) {
        String id = root.substring("crm:deal:".length());
        return Integer.parseInt(id.substring(0, id.length() - ending.length()));
    }
}
