package io.masterdeal.facts;

import io.masterdeal.facts.sla.ClockTable;
import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts, the deals made from them, and the way to change both. Every method is one transaction (or several that can
 * each be repeated) and may be called from many threads and processes at once.
 */
public final class FactStore {

    private static final Logger log = LoggerFactory.getLogger(FactStore.class);

    private static final long COMPACT_EVERY_NS = 1_000_000_000L;

    private final Transactions transactions;

    private final Answering answering;

    private final Reactions reactions;

    private final Chunks waiting = new Chunks(this::setApart);

    private final Chunks due = new Chunks(this::setApart);

    private final AtomicLong compacted = new AtomicLong(System.nanoTime());

    private final AtomicLong additionsBegun = new AtomicLong();

    private final AtomicLong additionsEnded = new AtomicLong();

    /**
     * A store without clocks.
     *
     * @param dataSource connections to the service's own schema
     * @param rules the rule set answers are made with
     * @param listeners are told of changed deals, each in the transaction of the change
     * @param reactions stores what has to happen because of new facts
     * @param meters where repeated transactions are counted
     */
    public FactStore(
            DataSource dataSource,
            RuleSet rules,
            List<DealListener<?>> listeners,
            Reactions reactions,
            MeterRegistry meters) {
        this(dataSource, rules, SlaTerms.none(rules), listeners, reactions, meters);
    }

    /**
     * @param dataSource connections to the service's own schema
     * @param rules the rule set answers are made with
     * @param sla how the clocks of deals are evaluated
     * @param listeners are told of changed deals, each in the transaction of the change
     * @param reactions stores what has to happen because of new facts
     * @param meters where repeated transactions are counted
     */
    public FactStore(
            DataSource dataSource,
            RuleSet rules,
            SlaTerms sla,
            List<DealListener<?>> listeners,
            Reactions reactions,
            MeterRegistry meters) {
        this(dataSource, rules, sla, FieldNames.DEFAULT, listeners, reactions, meters);
    }

    /**
     * The same, with other attributes of roots in the answers.
     *
     * @param fields their names
     */
    public FactStore(
            DataSource dataSource,
            RuleSet rules,
            SlaTerms sla,
            FieldNames fields,
            List<DealListener<?>> listeners,
            Reactions reactions,
            MeterRegistry meters) {
        this(dataSource, new Answering(rules, sla, fields, listeners, FoldLimits.ofThisProcess()), reactions, meters);
    }

    FactStore(DataSource dataSource, Answering answering, Reactions reactions, MeterRegistry meters) {
        this.transactions = new Transactions(dataSource, meters);
        this.answering = answering;
        this.reactions = reactions;
    }

    /**
     * Adds statements, settles the deals they concern, tells the listeners what changed, and stores what has to happen: all of it
     * or nothing. Statements that are stored already change nothing.
     *
     * @throws StoreException if PostgreSQL is out of reach or refuses the data
     */
    public BatchReport add(Collection<ReceivedStatement> statements) {
        return add(statements, _ -> {});
    }

    /** Work that belongs in one transaction with facts. It may run several times, as the transaction may. */
    @FunctionalInterface
    public interface Along {
        /** Does it; the caller commits. */
        void run(Connection connection) throws SQLException;
    }

    /**
     * Adds statements as {@link #add(Collection)} does, and does something in the same transaction.
     *
     * @param along comes last; if it throws, nothing is added
     * @throws StoreException if PostgreSQL is out of reach or refuses the data
     */
    public BatchReport add(Collection<ReceivedStatement> statements, Along along) {
        if (statements.isEmpty()) {
            inTransaction(along);
            return BatchReport.EMPTY;
        }
        additionsBegun.incrementAndGet();
        try {
            return addNow(statements, along);
        } finally {
            additionsEnded.incrementAndGet();
        }
    }

    /**
     * Does something in a transaction without adding anything.
     *
     * @throws StoreException if PostgreSQL is out of reach
     */
    public void inTransaction(Along along) {
        runByKeys("noting how far events are stored", connection -> {
            along.run(connection);
            return true;
        });
    }

    private BatchReport addNow(Collection<ReceivedStatement> statements, Along along) {
        Stored stored = runByKeys("storing " + statements.size() + " events", connection -> {
            Batch batch = new Batch(connection, answering, reactions);
            BatchReport report = batch.run(statements);
            along.run(connection);
            return new Stored(report, batch.effects(), batch.tasks());
        });
        reactions.committed(stored.effects());
        tasksWritten(stored.tasks());
        return stored.report();
    }

    /** How many calls of {@link #add} have begun in this process. */
    public long additionsBegun() {
        return additionsBegun.get();
    }

    /** Whether a call of {@link #add} is running in this process. */
    public boolean isAdding() {
        return additionsEnded.get() < additionsBegun.get();
    }

    private record Stored(BatchReport report, Reactions.Written effects, int tasks) {}

    private void tasksWritten(int tasks) {
        if (tasks > 0) {
            answering.sla().tasks().committed(tasks);
        }
    }

    /**
     * Folds some of the deals that wait for it, from all their facts. If that fails, fewer are tried at once the next time; one that
     * fails alone waits apart.
     *
     * @param atMost how many in one transaction; fewer if their facts are many
     * @return how many there were; 0 if none waits
     * @throws StoreException if PostgreSQL is out of reach, or a smaller chunk has to be tried
     */
    public int settlePending(int atMost) {
        compactCounts();
        return waiting.next(
                atMost,
                (most, taken) -> settled("folding pending deals", connection -> settle(connection, most, taken)));
    }

    /**
     * Evaluates some of the deals whose clocks are due, the earliest first, and tells what is to be told. Many processes may do so at
     * once: each takes other deals.
     *
     * @param atMost how many in one transaction
     * @return how many there were; 0 if none is due
     * @throws StoreException if PostgreSQL is out of reach, or a smaller chunk has to be tried
     */
    public int settleDue(int atMost) {
        return due.next(
                atMost,
                (most, taken) -> settled("evaluating due clocks", connection -> settleDue(connection, most, taken)));
    }

    /** What was settled in a transaction. */
    private record Chunk(int deals, int tasks) {}

    private int settled(String doing, Transactions.Work<Chunk> work) {
        Chunk chunk = runByKeys(doing, work);
        tasksWritten(chunk.tasks());
        return chunk.deals();
    }

    private Chunk settleDue(Connection connection, int atMost, Set<UUID> taken) throws SQLException {
        taken.clear();
        Instant now = answering.sla().clock().instant();
        List<UUID> deals = new ClockTable(connection).lockDue(now, atMost);
        taken.addAll(deals);
        Counts counts = new Counts();
        Settlement.Result settled = new Settlement(connection, answering, counts).run(Settlement.Work.ofDue(deals));
        counts.write(connection);
        return new Chunk(deals.size(), settled.tasks());
    }

    private Chunk settle(Connection connection, int atMost, Set<UUID> taken) throws SQLException {
        taken.clear();
        PendingFolds pending = new PendingFolds(connection);
        Map<UUID, PendingFolds.Mark> held = pending.lock(atMost);
        if (held.isEmpty()) {
            return new Chunk(0, 0);
        }
        Map<UUID, Integer> facts = new DealTable(connection).factsOf(held.keySet());
        Map<UUID, PendingFolds.Mark> marks = new HashMap<>();
        Map<UUID, @Nullable ObjectKey> deals = new HashMap<>();
        long bytes = 0;
        for (Map.Entry<UUID, PendingFolds.Mark> mark : held.entrySet()) {
            bytes += DealFacts.bytes(facts.getOrDefault(mark.getKey(), 0) + 1L);
            if (!deals.isEmpty() && bytes > answering.limits().inChunk()) {
                break;
            }
            deals.put(mark.getKey(), null);
            marks.put(mark.getKey(), mark.getValue());
        }
        taken.addAll(deals.keySet());
        pending.take(deals.keySet());
        Counts counts = new Counts();
        Settlement.Result settled = new Settlement(connection, answering, counts)
                .run(new Settlement.Work(deals, Map.of(), Set.of(), marks, Set.of(), false));
        Orphans orphans = new Orphans(connection, counts);
        orphans.lookAtObjectsOf(settled);
        orphans.lookAtOrphansOf(deals.keySet());
        counts.write(connection);
        return new Chunk(deals.size(), settled.tasks());
    }

    /** At intervals, since waiting deals are looked for several times a second. */
    private void compactCounts() {
        long now = System.nanoTime();
        long before = compacted.get();
        if (now - before > COMPACT_EVERY_NS && compacted.compareAndSet(before, now)) {
            run("compacting counts", connection -> {
                Counts.compact(connection);
                return true;
            });
        }
    }

    /** Sets apart a deal that made a whole transaction fail. */
    private void setApart(UUID deal, Throwable cause) {
        log.error("deal {} cannot be folded: its answer stays as it is, and it is tried again later", deal, cause);
        try {
            runByKeys("setting a deal apart", connection -> {
                PendingFolds pending = new PendingFolds(connection);
                pending.postpone(Map.of(deal, cause.toString()), pending.lock(deal));
                new DealTable(connection).markStale(List.of(deal));
                return true;
            });
        } catch (StoreException e) {
            e.addSuppressed(cause);
            throw e;
        }
    }

    /** How many deals wait to be folded. */
    public long pending() {
        return run(
                "counting pending deals",
                connection -> new Sql(connection)
                        .query("SELECT count(*) FROM pending_folds WHERE failure IS NULL", row -> row.getLong(1))
                        .getFirst());
    }

    /** How many deals cannot be folded; they are tried again now and then. */
    public long failing() {
        return run(
                "counting deals that cannot be folded",
                connection -> new Sql(connection)
                        .query("SELECT count(*) FROM pending_folds WHERE failure IS NOT NULL", row -> row.getLong(1))
                        .getFirst());
    }

    /**
     * Marks every deal that was ever published to be published again, each with its next revision.
     *
     * @return how many
     */
    public int republish() {
        return republish((_, _) -> {});
    }

    /** Writes down what a repair did, in its transaction. */
    @FunctionalInterface
    public interface RepairNote {
        /** Writes it; the caller commits. */
        void write(Connection connection, int deals) throws SQLException;
    }

    /**
     * Does what {@link #republish()} does.
     *
     * @param note is written in the same transaction
     */
    public int republish(RepairNote note) {
        return run("marking deals to republish", connection -> {
            int marked = new PendingFolds(connection).addAll(true);
            note.write(connection, marked);
            return marked;
        });
    }

    /** Marks every deal to be folded again, published only if its answer changes. */
    public int refold() {
        return run("marking deals to fold", connection -> new PendingFolds(connection).addAll(false));
    }

    /**
     * Rebuilds all caches from facts and retractions; the intake waits meanwhile. The deals themselves are marked, and folded
     * soon after.
     *
     * @return how many deals were marked
     */
    public int rebuild() {
        return rebuild((_, _) -> {});
    }

    /**
     * Does what {@link #rebuild()} does.
     *
     * @param note is written in the same transaction
     */
    public int rebuild(RepairNote note) {
        return run("rebuilding the caches", connection -> {
            int marked = new Rebuild(connection).run();
            note.write(connection, marked);
            return marked;
        });
    }

    private <T> T runByKeys(String doing, Transactions.Work<T> work) {
        try {
            return transactions.runByKeys(work);
        } catch (SQLException e) {
            throw new StoreException(doing, e);
        }
    }

    private <T> T run(String doing, Transactions.Work<T> work) {
        try {
            return transactions.run(work);
        } catch (SQLException e) {
            throw new StoreException(doing, e);
        }
    }
}
