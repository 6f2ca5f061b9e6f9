package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the facts that count of some deals, for questions that their kept state cannot answer. */
public final class FactsOfDeals {

    private final JdbcClient jdbc;

    private final String statement;

    /**
     * @param jdbc runs the queries
     * @param attributes of the roots that are wanted; no others are read
     */
    public FactsOfDeals(JdbcClient jdbc, Set<String> attributes) {
        this.jdbc = jdbc;
        // OFFSET 0 has the facts of each object looked up by the index: a planner that expects many would read the
        // whole table.
        this.statement =
                "SELECT p.deal_id, f.event_id, f.type, f.subject, f.status, f.sequence, f.occurred_at, f.links, "
                        + AttributesInUse.column(attributes)
                        + ", f.master_deal_id FROM placements p CROSS JOIN LATERAL"
                        + " (SELECT * FROM facts WHERE subject = p.object_key AND NOT retracted OFFSET 0) AS f"
                        + " WHERE p.deal_id IN (:deals) LIMIT :limit";
    }

    /**
     * The facts of every object that is placed in each deal, without the retracted.
     *
     * @param deals ids, at least one
     * @param most how many facts may be held in memory
     * @return in no order; a deal without facts has no entry; null if there are more
     */
    public @Nullable Map<UUID, List<Fact>> of(List<UUID> deals, int most) {
        Map<UUID, List<Fact>> facts = new HashMap<>();
        jdbc.sql(statement).param("deals", deals).param("limit", most + 1).query((ResultSet row) -> add(row, facts));
        return facts.values().stream().mapToInt(List::size).sum() > most ? null : facts;
    }

    private static void add(ResultSet row, Map<UUID, List<Fact>> facts) throws SQLException {
        facts.computeIfAbsent(row.getObject("deal_id", UUID.class), _ -> new ArrayList<>())
                .add(FactTable.read(row));
    }
}
