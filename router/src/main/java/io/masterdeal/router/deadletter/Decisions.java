package io.masterdeal.router.deadletter;

import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.OperationWork.Chunk;
import io.masterdeal.role.operation.OperationWork.Task;
import io.masterdeal.role.operation.Operations;
import io.masterdeal.role.operation.OperatorActions.Deed;
import io.masterdeal.router.ledger.DeliveryState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators decide about dead letters: at once, or as a job if there are many. */
final class Decisions {

    /** The most deliveries that are redriven or discarded at once; more are a job. */
    static final int MOST_AT_ONCE = 10_000;

    private static final int SAMPLE = 100;

    private final Transactions transactions;

    private final Operations operations;

    private final DecisionWork work;

    /**
     * @param transactions in the router's schema
     * @param operations where what is done is kept
     * @param work what is done with each delivery
     */
    Decisions(Transactions transactions, Operations operations, DecisionWork work) {
        this.transactions = transactions;
        this.operations = operations;
        this.work = work;
    }

    /**
     * What an operation did, or would do.
     *
     * @param redriven deliveries that are sent again
     * @param parked deliveries that were redriven too often already
     * @param unsendable records that were not stored completely: they stay as they are, and their systems must send them again
     * @param behind deliveries of the same deals that wait behind them and follow in order
     * @param has deliveries whose sink is known to have the event already
     */
    record Effect(
            boolean dryRun,
            long selected,
            long redriven,
            long parked,
            long unsendable,
            long behind,
            long has,
            List<DeadLetterView> sample,

            @Schema(description = "Of the operation, which has the result of each delivery; absent of a dry run")
            @Nullable
            UUID operation) {}

    /**
     * The request of an operator.
     *
     * @param action {@link DecisionWork#REDRIVE} or {@link DecisionWork#DISCARD}
     */
    record Decision(String action, Selection selection, String reason, Actor actor) {
        private Deed deed() {
            return new Deed(action, stored(), reason, actor);
        }

        private JsonNode stored() {
            return JsonMapper.shared().valueToTree(selection);
        }
    }

    /**
     * Does it, or reports what it would do.
     *
     * @param limit how many deliveries at most, up to {@value #MOST_AT_ONCE}
     */
    Effect now(Decision decision, boolean dryRun, int limit) throws SQLException {
        return transactions.runByKeys(connection -> {
            Sql sql = new Sql(connection);
            if (dryRun) {
                List<Chosen> chosen = work.choose(sql, decision.selection(), null, limit, false);
                return effect(sql, decision.action(), chosen, null);
            }
            UUID id = operations.begin(sql, decision.deed(), limit);
            Task task = task(sql, id, decision);
            List<Chosen> chosen = work.choose(sql, decision.selection(), null, limit, true);
            Effect effect = effect(sql, decision.action(), chosen, id);
            Chunk chunk = work.decide(sql, task, chosen);
            operations.advance(sql, id, new Chunk(chunk.results(), null), true);
            return effect;
        });
    }

    private static Task task(Sql sql, UUID id, Decision decision) throws SQLException {
        return new Task(
                id,
                decision.action(),
                decision.stored(),
                decision.reason(),
                Objects.requireNonNull(sql.query(
                                "SELECT transaction_timestamp()",
                                row -> row.getObject(1, java.time.OffsetDateTime.class))
                        .getFirst()),
                null,
                0);
    }

    /**
     * Has it done by and by, in chunks.
     *
     * @param limit how many deliveries at most
     * @return the id of the operation
     */
    UUID later(Decision decision, long limit) throws SQLException {
        return transactions.runByKeys(connection -> operations.begin(new Sql(connection), decision.deed(), limit));
    }

    private Effect effect(Sql sql, String action, List<Chosen> chosen, @Nullable UUID operation) throws SQLException {
        boolean redrive = action.equals(DecisionWork.REDRIVE);
        long unsendable = redrive ? chosen.stream().filter(Chosen::unsendable).count() : 0;
        long tooOften = redrive
                ? chosen.stream()
                        .filter(it -> !it.unsendable() && work.isTooOften(it))
                        .count()
                : 0;
        long has = chosen.stream()
                .filter(it -> it.view().state().equals(DeliveryState.DELIVERED.text()))
                .count();
        long behind = sql.query(
                        "SELECT count(*) FROM deliveries p JOIN blocks b ON b.subscription = p.subscription"
                                + " AND b.order_key = p.order_key WHERE p.state = 'parked' AND p.reason = 'behind'"
                                + " AND b.head = ANY (?)",
                        row -> row.getLong(1),
                        new Sql.Longs(
                                chosen.stream().map(it -> it.view().messageId()).toList()))
                .getFirst();
        return new Effect(
                operation == null,
                chosen.size(),
                redrive ? chosen.size() - tooOften - unsendable : 0,
                tooOften,
                unsendable,
                behind,
                has,
                chosen.stream().limit(SAMPLE).map(Chosen::view).toList(),
                operation);
    }
}
