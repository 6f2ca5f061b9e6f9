package io.masterdeal.effects;

import io.masterdeal.effects.ClaimedEffect.TaskAttempt;
import io.masterdeal.effects.EffectTable.Due;
import io.masterdeal.facts.CurrentDeal;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides, at the last moment, what is to be sent. It claims effects that are due, closes those that must not be sent, and leases
 * the others, all in one short transaction that ends before anything is sent. If the process is killed after that, the rows have
 * a lease that ends and a stored body: they are sent again unchanged.
 *
 * <p>It decides nothing, and leaves everything to other processes, while reactions other than its own are in use, or if it has no
 * gateway and another process has one.
 */
final class EffectClaims {

    private static final Duration WHILE_FOLDING = Duration.ofMillis(200);

    private final DataSource dataSource;

    private final TransactionTemplate transaction;

    private final EffectTable table;

    private final Map<String, Reaction> reactions = new HashMap<>();

    private final RuleSet rules;

    private final Terms terms;

    private final NextAttempt next;

    private final EffectMeters meters;

    private final String identity;

    /**
     * The terms on which effects are sent.
     *
     * @param gateway whether there is a gateway to send through
     * @param retries how often and when
     * @param lease how long other processes do not claim a claimed effect; longer than a request can take
     */
    record Terms(boolean gateway, Retries retries, Duration lease) {}

    /**
     * @param next stores tasks for later attempts, in the transactions of this data source
     */
    EffectClaims(
            DataSource dataSource,
            List<Reaction> reactions,
            RuleSet rules,
            Terms terms,
            NextAttempt next,
            EffectMeters meters) {
        this.dataSource = dataSource;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.table = new EffectTable(JdbcClient.create(dataSource));
        reactions.forEach(each -> this.reactions.put(each.name(), each));
        this.rules = rules;
        this.terms = terms;
        this.next = next;
        this.meters = meters;
        this.identity = Reaction.identity(reactions);
    }

    /**
     * Effects that were claimed.
     *
     * @param looked how many were due
     * @param claimed those of them to be sent
     */
    record Round(int looked, List<ClaimedEffect> claimed) {}

    /** Claims effects that are due. */
    Round take(int atMost) {
        return take(() -> table.lockDue(atMost));
    }

    /** Claims one effect if it is due: for a second task of the same attempt it is not. */
    Round take(UUID id) {
        return take(() -> table.lockDue(id));
    }

    /** Stores that an attempt failed, together with the task for the next one. Returns whether the effect is still ours. */
    boolean again(ClaimedEffect claimed, Duration pause, String error) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            Optional<OffsetDateTime> due = table.again(claimed, pause, error);
            due.ifPresent(it -> next.at(claimed.id(), it.toInstant()));
            return due.isPresent();
        }));
    }

    private Round take(Supplier<List<Due>> lock) {
        Map<EffectState, Integer> closed = new HashMap<>();
        Round round = transaction.execute(_ -> {
            closed.clear();
            return table.mayDecide(identity, terms.gateway()) ? decide(lock.get(), closed) : new Round(0, List.of());
        });
        closed.forEach(meters::entered);
        return round == null ? new Round(0, List.of()) : round;
    }

    private Round decide(List<Due> due, Map<EffectState, Integer> closed) {
        if (due.isEmpty()) {
            return new Round(0, List.of());
        }
        // It is bound to the transaction, which closes it.
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            Map<UUID, CurrentDeal> deals = CurrentDeal.of(
                    connection, due.stream().map(Due::deal).distinct().toList());
            List<ClaimedEffect> claimed = new ArrayList<>();
            for (Due each : due) {
                switch (decide(connection, each, deals.get(each.deal()))) {
                    case Decision.Close close -> {
                        table.close(each.id(), close.state(), close.reason());
                        closed.merge(close.state(), 1, Integer::sum);
                    }
                    case Decision.PutOff off -> {
                        OffsetDateTime until = table.putOff(each.id(), off.pause(), off.counts(), off.why());
                        next.at(each.id(), until.toInstant());
                    }
                    case Decision.Send send -> {
                        OffsetDateTime lease =
                                table.lease(each.id(), send.isClosing() ? null : send.body(), terms.lease());
                        claimed.add(new ClaimedEffect(
                                each.id(),
                                send.request(),
                                send.body(),
                                each.traceparent(),
                                each.attempts() + 1,
                                lease,
                                send.task()));
                    }
                }
            }
            return new Round(due.size(), claimed);
        } catch (SQLException e) {
            throw new IllegalStateException("the effects that are due cannot be read: " + e.getMessage(), e);
        }
    }

    /** What to do with an effect that is due. */
    private sealed interface Decision {

        record Close(EffectState state, String reason) implements Decision {}

        record PutOff(Duration pause, boolean counts, String why) implements Decision {}

        record Send(
                Reaction.Request request,
                String body,
                @Nullable TaskAttempt task) implements Decision {

            private boolean isClosing() {
                return task != null && task.closes();
            }
        }
    }

    private Decision decide(Connection connection, Due due, @Nullable CurrentDeal deal) throws SQLException {
        return due.task() == null
                ? decideByFact(connection, due, deal)
                : decideTask(due, due.task(), deal != null && deal.known());
    }

    /**
     * What was wanted may have been sent before, and its answer lost: then the same request tells which task it made, and only that
     * one is closed.
     */
    private Decision decideTask(Due due, EffectTable.DueTask task, boolean known) {
        if (task.isClosed() && due.body() == null) {
            return new Decision.Close(EffectState.SUPPRESSED, Reasons.TAKEN_BACK);
        }
        if (!terms.gateway()) {
            return new Decision.Close(EffectState.SUPPRESSED, Reasons.NO_GATEWAY);
        }
        if (due.attempts() >= terms.retries().attempts()) {
            return new Decision.Close(EffectState.FAILED, Reasons.GAVE_UP);
        }
        if (due.body() == null && !known) {
            return unknown(due);
        }
        String key = task.key();
        if (task.isClosed() && key != null) {
            return new Decision.Send(
                    TrackerTask.close(key), TrackerTask.CLOSE_BODY, new TaskAttempt(task.wanted(), true));
        }
        String body =
                due.body() == null ? TrackerTask.makeBody(JsonMapper.shared().readTree(task.json())) : due.body();
        return new Decision.Send(TrackerTask.MAKE, body, new TaskAttempt(task.wanted(), false));
    }

    private Decision unknown(Due due) {
        return new Decision.PutOff(terms.retries().pause(due.attempts() + 1, null), true, "no fact names the deal yet");
    }

    private Decision decideByFact(Connection connection, Due due, @Nullable CurrentDeal deal) throws SQLException {
        Reaction reaction = reactions.get(due.reaction());
        if (reaction == null) {
            return new Decision.Close(EffectState.SUPPRESSED, Reasons.NO_REACTION);
        }
        if (!due.standing()) {
            return new Decision.Close(EffectState.SUPPRESSED, Reasons.RETRACTED);
        }
        if (!due.inDeal()) {
            return new Decision.Close(EffectState.SUPPRESSED, Reasons.LEFT_DEAL);
        }
        if (!terms.gateway()) {
            return new Decision.Close(EffectState.SUPPRESSED, Reasons.NO_GATEWAY);
        }
        if (due.attempts() >= terms.retries().attempts()) {
            // Its last attempt was begun by a process that died before it ended.
            return new Decision.Close(EffectState.FAILED, Reasons.GAVE_UP);
        }
        if (due.body() != null) {
            return new Decision.Send(reaction.request(), due.body(), null);
        }
        if (deal == null || !deal.known()) {
            return unknown(due);
        }
        if (deal.folding()) {
            return new Decision.PutOff(WHILE_FOLDING, false, "the deal waits to be folded");
        }
        ObjectKind unless = due.released() ? null : reaction.unlessLive();
        return unless != null && hasLive(deal, unless)
                ? new Decision.Close(EffectState.SUPPRESSED, Reasons.unlessLive(unless))
                : new Decision.Send(reaction.request(), body(connection, due, deal), null);
    }

    /** An object without a known status counts as live: it exists, and is not known to be dead. */
    private boolean hasLive(CurrentDeal deal, ObjectKind kind) {
        return deal.objects().entrySet().stream()
                .anyMatch(it -> it.getKey().is(kind)
                        && (it.getValue() == null || rules.statuses(kind).isLive(it.getValue())));
    }

    private static String body(Connection connection, Due due, CurrentDeal deal) throws SQLException {
        ObjectNode body = JsonMapper.shared()
                .createObjectNode()
                .put("master_deal_id", due.deal().toString())
                .put("deal", deal.root().value());
        if (due.correlationId() != null) {
            body.put("correlation_id", due.correlationId());
        }
        body.put("causation_id", String.valueOf(due.eventId()));
        ObjectNode attributes = body.putObject("attributes");
        CurrentDeal.attributes(connection, deal.root()).forEach(attributes::put);
        return body.toString();
    }
}
