package io.masterdeal.effects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.effects.EffectWork.Chosen;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.operation.OperationWork.Chunk;
import io.masterdeal.role.operation.OperationWork.Task;
import io.masterdeal.role.operation.Operations;
import io.masterdeal.role.operation.OperatorActions.Deed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What operators decide about effects: at once, or as a job if there are many. */
final class EffectDecisions {

    /** The most effects that are decided at once; more are a job. */
    static final int MOST_AT_ONCE = 10_000;

    private static final int SAMPLE = 100;

    private final Transactions transactions;

    private final Operations operations;

    private final EffectWork work;

    /**
     * @param transactions in the service's schema
     * @param operations where what is done is kept
     * @param work what is done with each effect
     */
    EffectDecisions(Transactions transactions, Operations operations, EffectWork work) {
        this.transactions = transactions;
        this.operations = operations;
        this.work = work;
    }

    /** One of the effects, in the API. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EffectOfOperation")
    record Sampled(
            UUID id,
            String reaction,
            @JsonProperty("master_deal_id") UUID masterDealId,

            @Schema(description = "Why it was failed or suppressed") @Nullable
            String reason) {}

    /** What an operation did, or would do. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EffectDecision")
    record Decided(
            @JsonProperty("dry_run") boolean dryRun,

            @Schema(description = "How many effects fit, up to the limit")
            long selected,

            @Schema(description = "How many of them have which result: released, suppressed, done or skipped")
            Map<String, Long> results,

            @Schema(description = "The first 100") List<Sampled> sample,

            @Schema(description = "Of the operation, which has the result of each effect; absent of a dry run")
            @Nullable
            UUID operation) {}

    /**
     * Does it, or reports what it would do.
     *
     * @param deed its selection is that of the effects
     * @param limit how many effects at most, up to {@value #MOST_AT_ONCE}
     */
    Decided now(Deed deed, boolean dryRun, int limit) throws SQLException {
        EffectSelection selection = JsonMapper.shared().treeToValue(deed.selection(), EffectSelection.class);
        Decided decided = transactions.runByKeys(connection -> {
            Sql sql = new Sql(connection);
            if (dryRun) {
                return decided(deed, work.choose(sql, selection, null, limit, false), null);
            }
            UUID id = operations.begin(sql, deed, limit);
            List<Chosen> chosen = work.choose(sql, selection, null, limit, true);
            Chunk chunk = work.decide(sql, task(id, deed), chosen);
            operations.advance(sql, id, new Chunk(chunk.results(), null), true);
            return decided(deed, chosen, id);
        });
        if (!dryRun) {
            work.committed(deed.action(), decided.results());
        }
        return decided;
    }

    /** The time does not matter: nothing is left out. */
    private static Task task(UUID id, Deed deed) {
        return new Task(id, deed.action(), deed.selection(), deed.reason(), OffsetDateTime.MAX, null, 0);
    }

    private Decided decided(Deed deed, List<Chosen> chosen, @Nullable UUID operation) {
        return new Decided(
                operation == null,
                chosen.size(),
                work.results(deed.action(), chosen),
                chosen.stream()
                        .limit(SAMPLE)
                        .map(it -> new Sampled(it.id(), it.reaction(), it.deal(), it.reason()))
                        .toList(),
                operation);
    }

    /**
     * Has it done by and by, in chunks.
     *
     * @param limit how many effects at most
     * @return the id of the operation
     */
    UUID later(Deed deed, long limit) throws SQLException {
        return transactions.runByKeys(connection -> operations.begin(new Sql(connection), deed, limit));
    }
}
