package io.masterdeal.service.sla;

import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts clocks: by kept totals where there are any, else in a bounded range of an index. */
@Component
class CountQueries {

    /** The most index entries counted for one answer: some tens of milliseconds. */
    static final int MOST_COUNTED = 50_000;

    private final JdbcClient jdbc;

    private final int mostCounted;

    @Autowired
    CountQueries(Readers readers) {
        this(readers, MOST_COUNTED);
    }

    CountQueries(Readers readers, int mostCounted) {
        this.jdbc = readers.jdbc();
        this.mostCounted = mostCounted;
    }

    /** All clocks, by the kept totals. */
    List<ClockCount> all() {
        return jdbc.sql("SELECT part, sum(amount)::bigint AS amount FROM counts WHERE what = 'sla' GROUP BY part"
                        + " HAVING sum(amount) <> 0 ORDER BY part")
                .query((row, _) -> ClockCount.read(row.getString("part"), row.getLong("amount")))
                .list();
    }

    /**
     * The clocks of a client.
     *
     * @throws Problem if they are too many to be counted
     */
    List<ClockCount> ofClient(String client) {
        List<ClockCount> counts = jdbc.sql("""
                SELECT policy, segment, state, at_risk, count(*) AS amount
                FROM (SELECT policy, segment, state, at_risk FROM sla_clocks WHERE client = :client
                    ORDER BY root_key, policy, object LIMIT :most) AS c
                GROUP BY policy, segment, state, at_risk ORDER BY policy, segment, state, at_risk
                """)
                .param("client", client)
                .param("most", mostCounted + 1)
                .query((row, _) -> count(row))
                .list();
        check(counts.stream().mapToLong(ClockCount::amount).sum(), "Client '" + client + "' has", "");
        return counts;
    }

    private static ClockCount count(ResultSet row) throws SQLException {
        return new ClockCount(
                row.getString("policy"),
                row.getString("segment"),
                row.getString("state"),
                row.getBoolean("at_risk"),
                row.getLong("amount"));
    }

    /**
     * How many clocks of each policy were breached in a period, whatever became of them.
     *
     * @param from the first instant
     * @param to the first instant after it
     * @throws Problem if they are too many to be counted
     */
    Map<String, Long> breached(Instant from, Instant to) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("""
                SELECT policy, count(*) AS amount
                FROM (SELECT policy FROM sla_clocks WHERE breached_at >= :from AND breached_at < :to
                    ORDER BY breached_at LIMIT :most) AS c
                GROUP BY policy
                """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("most", mostCounted + 1)
                .query(row -> {
                    counts.put(row.getString("policy"), row.getLong("amount"));
                });
        check(counts.values().stream().mapToLong(Long::longValue).sum(), "The period has", " Ask for a shorter one.");
        return counts;
    }

    private void check(long found, String whose, String remedy) {
        if (found > mostCounted) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too many clocks",
                    whose + " more than " + mostCounted + " clocks, which are not counted for a request." + remedy);
        }
    }

    /** How many statements there are, by kind and state: {@code breached|told}. */
    Map<String, Long> statements() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("SELECT part, sum(amount)::bigint AS amount FROM counts WHERE what = 'sla_statements' GROUP BY part")
                .query(row -> {
                    counts.put(row.getString("part"), row.getLong("amount"));
                });
        return counts;
    }

    /**
     * When the clocks of a deal change by themselves next, of all deals the first; empty if none do. Deals that cannot be folded are
     * told of elsewhere, and would hide what becomes of all others.
     */
    Optional<Instant> firstDeadline() {
        return jdbc.sql("""
                SELECT s.due_at FROM sla_deadlines s
                WHERE NOT EXISTS (SELECT 1 FROM pending_folds p WHERE p.deal_id = s.deal_id AND p.failure IS NOT NULL)
                ORDER BY s.due_at LIMIT 1
                """)
                .query((row, _) -> row.getObject("due_at", OffsetDateTime.class).toInstant())
                .optional();
    }
}
