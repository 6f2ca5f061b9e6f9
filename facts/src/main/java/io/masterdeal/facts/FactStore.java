package io.masterdeal.facts;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final RuleSet rules;

    private final List<DealListener<?>> listeners;

    private final Reactions reactions;

    private final FoldLimits limits;

    /** How many waiting deals to fold at once: fewer after a failure, until the one that fails is found. */
    private final AtomicInteger chunk = new AtomicInteger(Integer.MAX_VALUE);

    private final AtomicLong compacted = new AtomicLong(System.nanoTime());

    private final AtomicLong additionsBegun = new AtomicLong();

    private final AtomicLong additionsEnded = new AtomicLong();

    /**
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
        this(dataSource, rules, listeners, reactions, meters, FoldLimits.ofThisProcess());
    }

    FactStore(
            DataSource dataSource,
            RuleSet rules,
            List<DealListener<?>> listeners,
            Reactions reactions,
            MeterRegistry meters,
            FoldLimits limits) {
        this.limits = limits;
        this.transactions = new Transactions(dataSource, meters);
        this.rules = rules;
        this.listeners = List.copyOf(listeners);
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
            Batch batch = new Batch(connection, rules, listeners, reactions, limits);
            BatchReport report = batch.run(statements);
            along.run(connection);
            return new Stored(report, batch.effects());
        });
        reactions.committed(stored.effects());
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

    private record Stored(BatchReport report, Reactions.Written effects) {}

    /**
     * Folds some of the deals that wait for it, from all their facts. If that fails, fewer are tried at once the next time; one
     * that
     * fails alone waits apart.
     *
     * @param atMost how many in one transaction; fewer if their facts are many
     * @return how many there were; 0 if none waits
     * @throws StoreException if PostgreSQL is out of reach, or a smaller chunk has to be tried
     */
    public int settlePending(int atMost) {
        compactCounts();
        int size = Math.min(atMost, chunk.get());
        Set<UUID> taken = new HashSet<>();
        try {
            int settled = runByKeys("folding pending deals", connection -> {
                taken.clear();
                return settle(connection, size, taken);
            });
            chunk.updateAndGet(before -> before > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * before);
            return settled;
        } catch (StoreException | OutOfMemoryError | StackOverflowError e) {
            if (e instanceof StoreException refused && !refused.isOfTheData()) {
                throw e;
            }
            if (taken.size() != 1) {
                chunk.set(Math.max(1, taken.size() / 2));
                throw e;
            }
            setApart(taken.iterator().next(), e);
            return 1;
        }
    }

    private int settle(Connection connection, int atMost, Set<UUID> taken) throws SQLException {
        PendingFolds pending = new PendingFolds(connection);
        Map<UUID, PendingFolds.Mark> held = pending.lock(atMost);
        if (held.isEmpty()) {
            return 0;
        }
        Map<UUID, Integer> facts = new DealTable(connection).factsOf(held.keySet());
        Map<UUID, PendingFolds.Mark> marks = new HashMap<>();
        Map<UUID, @Nullable ObjectKey> deals = new HashMap<>();
        long bytes = 0;
        for (Map.Entry<UUID, PendingFolds.Mark> mark : held.entrySet()) {
            bytes += DealFacts.bytes(facts.getOrDefault(mark.getKey(), 0) + 1L);
            if (!deals.isEmpty() && bytes > limits.inChunk()) {
                break;
            }
            deals.put(mark.getKey(), null);
            marks.put(mark.getKey(), mark.getValue());
        }
        taken.addAll(deals.keySet());
        pending.take(deals.keySet());
        Counts counts = new Counts();
        Settlement.Result settled = new Settlement(connection, rules, listeners, limits, counts)
                .run(new Settlement.Work(deals, Map.of(), Set.of(), marks, Set.of(), false));
        Orphans orphans = new Orphans(connection, counts);
        orphans.lookAtObjectsOf(settled.turned());
        orphans.lookAtOrphansOf(deals.keySet());
        counts.write(connection);
        return deals.size();
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
                Map<UUID, PendingFolds.Mark> marks = pending.lock(deal);
                if (!marks.isEmpty()) {
                    pending.postpone(Map.of(deal, cause.toString()), marks);
                }
                return marks.size();
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
        return run("marking deals to republish", connection -> new PendingFolds(connection).addAll(true));
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
        return run("rebuilding the caches", connection -> new Rebuild(connection).run());
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
