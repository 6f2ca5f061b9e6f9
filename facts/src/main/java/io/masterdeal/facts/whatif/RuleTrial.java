package io.masterdeal.facts.whatif;

import io.masterdeal.facts.FactsOfDeals;
import io.masterdeal.facts.StoredState;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.PresentStage;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Looks at all deals by another rule set, a chunk at a time in the order of their ids, and compares that with where they stand. A chunk
 * is a short transaction that only reads, so deals of different chunks are seen at different instants. Not thread-safe.
 *
 * <p>Current statuses are in the kept state of a deal, whatever rule set it was folded with. Only a state that lacks facts, or is
 * unreadable, is made anew from the facts.
 */
public final class RuleTrial {

    private static final Logger log = LoggerFactory.getLogger(RuleTrial.class);

    /** Deals of a chunk. */
    public static final int CHUNK = 5_000;

    private static final int ROWS_AT_ONCE = 500;

    /** Deals whose facts are read together, and the most facts that are held in memory for them. */
    private static final int FOLDED_AT_ONCE = 50;

    private static final int MOST_FACTS = 200_000;

    private static final UUID FIRST = new UUID(0, 0);

    private final @Nullable RuleSet present;

    private final RuleSet tried;

    private final TrialFilter filter;

    private final int chunk;

    private final int mostFacts;

    private @Nullable UUID after;

    private boolean ended;

    /**
     * A trial of all deals that fit.
     *
     * @param present the rule set in use; null if it is not known what it says: deals then stand where their answers say
     * @param tried the other rule set
     */
    public RuleTrial(@Nullable RuleSet present, RuleSet tried, TrialFilter filter) {
        this(present, tried, filter, CHUNK, MOST_FACTS);
    }

    /**
     * The same, with other limits.
     *
     * @param chunk how many deals are judged at a time
     * @param mostFacts the most facts that are held in memory; a deal with more that has to be folded is left out
     */
    public RuleTrial(@Nullable RuleSet present, RuleSet tried, TrialFilter filter, int chunk, int mostFacts) {
        this.present = present;
        this.tried = tried;
        this.filter = filter;
        this.chunk = chunk;
        this.mostFacts = mostFacts;
    }

    /** A deal as it is stored. */
    private record Kept(
            UUID id,
            ObjectKey root,
            long revision,
            @Nullable StageByRules told) {}

    /** About how many deals there are. */
    public static long total(Connection connection) throws SQLException {
        return new Sql(connection)
                .query("SELECT coalesce(sum(amount), 0) FROM counts WHERE what = 'deals'", row -> row.getLong(1))
                .getFirst();
    }

    /** Whether all deals were judged. */
    public boolean isEnded() {
        return ended;
    }

    /**
     * Looks at the next chunk.
     *
     * @param connection in auto-commit mode
     * @param findings what is found is added to these
     * @return the deals of the chunk that would stand elsewhere
     */
    public List<ChangedDeal> next(Connection connection, TrialFindings findings) throws SQLException {
        List<ChangedDeal> changes = new ArrayList<>();
        List<Kept> fromFacts = new ArrayList<>();
        int[] rows = {0};
        Transactions.runOnce(connection, it -> {
            new Sql(it)
                    .read(
                            statement(),
                            ROWS_AT_ONCE,
                            row -> {
                                rows[0]++;
                                after = row.getObject("id", UUID.class);
                                if (row.getBoolean("known")) {
                                    findings.addLooked();
                                    look(row, findings, changes, fromFacts);
                                }
                                return true;
                            },
                            after == null ? FIRST : after,
                            chunk);
            return rows[0];
        });
        ended = rows[0] < chunk;
        for (int i = 0; i < fromFacts.size(); i += FOLDED_AT_ONCE) {
            List<Kept> some = fromFacts.subList(i, Math.min(i + FOLDED_AT_ONCE, fromFacts.size()));
            foldAll(connection, some, findings, changes);
        }
        return changes;
    }

    private static String statement() {
        return "SELECT id, root_key, known, revision, stage, outcome, gaps, stale, rules, state FROM deals"
                + " WHERE id > ? AND root_key IS NOT NULL ORDER BY id LIMIT ?";
    }

    private void look(ResultSet row, TrialFindings findings, List<ChangedDeal> changes, List<Kept> fromFacts)
            throws SQLException {
        StageByRules told = told(row);
        if (told != null && !filter.fits(told)) {
            return;
        }
        Kept deal = new Kept(
                row.getObject("id", UUID.class),
                new ObjectKey(row.getString("root_key")),
                row.getLong("revision"),
                told);
        DealState state = row.getBoolean("stale") ? null : state(row.getBytes("state"));
        if (state == null) {
            fromFacts.add(deal);
        } else {
            judge(deal, state, findings, changes);
        }
    }

    /** Where its answer says that the deal stands; null if another rule set said it, or facts are missing in it. */
    private @Nullable StageByRules told(ResultSet row) throws SQLException {
        if (present != null
                && (row.getBoolean("stale") || !present.meaning().equals(row.getObject("rules", UUID.class)))) {
            return null;
        }
        String stage = row.getString("stage");
        String outcome = row.getString("outcome");
        String last = (present == null ? tried : present).finalStage().name();
        return new StageByRules(
                stage,
                outcome,
                Arrays.asList((String[]) row.getArray("gaps").getArray()),
                stage.equals(last) && (outcome.equals("lost") || outcome.equals("cancelled")));
    }

    private static @Nullable DealState state(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : StoredState.read(bytes);
        } catch (IllegalArgumentException e) {
            return null; // The service makes it anew from the facts when it needs it, and so does this.
        }
    }

    private void judge(Kept deal, DealState state, TrialFindings findings, List<ChangedDeal> changes) {
        StageByRules now = deal.told();
        if (now == null) {
            now = StageByRules.of(PresentStage.of(deal.root(), present == null ? tried : present, state));
        }
        if (!filter.fits(now)) {
            return;
        }
        StageByRules then = StageByRules.of(PresentStage.of(deal.root(), tried, state));
        if (now.equals(then)) {
            findings.addSame(now);
            return;
        }
        ChangedDeal change = new ChangedDeal(
                deal.id(),
                deal.root(),
                deal.revision(),
                now,
                then,
                Evidence.of(deal.root(), tried, state, now.stage(), then.stage()));
        findings.addChanged(change);
        changes.add(change);
    }

    private void foldAll(Connection connection, List<Kept> deals, TrialFindings findings, List<ChangedDeal> changes) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        Map<UUID, List<Fact>> found = read(new FactsOfDeals(jdbc, Set.of()), deals);
        if (found == null && deals.size() > 1) {
            deals.forEach(each -> foldAll(connection, List.of(each), findings, changes));
        } else if (found == null) {
            findings.addLeftOut();
        } else {
            for (Kept deal : deals) {
                DealState state = DealFold.of(deal.root(), tried, found.getOrDefault(deal.id(), List.of()))
                        .state();
                findings.addFolded();
                judge(deal, state, findings, changes);
            }
        }
    }

    /** Returns null if there are too many, or one of them is unreadable: the service keeps the answer of such a deal, too. */
    private @Nullable Map<UUID, List<Fact>> read(FactsOfDeals facts, List<Kept> deals) {
        try {
            return facts.of(deals.stream().map(Kept::id).toList(), mostFacts);
        } catch (IllegalArgumentException e) {
            if (deals.size() == 1) {
                log.warn(
                        "deal {} is left out, since its facts are unreadable",
                        deals.getFirst().id(),
                        e);
            }
            return null;
        }
    }
}
