package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts deals are folded from: row by row, without attributes that no answer needs, and not more than fits. Where contents
 * decide which of two facts is newer (ruling 3), the attributes of objects other than roots come behind type, status and links: they
 * part only what answers alike.
 */
final class DealFacts {

    private static final String COLUMNS =
            "f.event_id, f.type, f.subject, f.status, f.sequence, f.occurred_at, f.links, %s, f.master_deal_id";

    /** Each fact once: otherwise one about an object in many deals, with many links, would be read and kept for each of them. */
    private static final String OF_DEALS = "SELECT p.deal_ids, " + COLUMNS
            + " FROM (SELECT object_key, array_agg(deal_id) AS deal_ids FROM placements"
            + " WHERE deal_id = ANY (?) GROUP BY object_key) AS p"
            + " JOIN facts f ON f.subject = p.object_key WHERE NOT f.retracted";

    private static final String OF_DEALS_AFTER = "SELECT ARRAY[t.deal_id] AS deal_ids, " + COLUMNS
            + " FROM unnest(?, ?) AS t (deal_id, after_ms) JOIN placements p ON p.deal_id = t.deal_id"
            + " JOIN facts f ON f.subject = p.object_key"
            + " AND f.occurred_at > timestamptz 'epoch' + t.after_ms * interval '1 ms' WHERE NOT f.retracted";

    private static final int ROWS_AT_ONCE = 500;

    /** A fact with a link and no attributes, in memory. */
    private static final long BYTES_OF_A_FACT = 800;

    private static final long BYTES_OF_A_LINK = 120;

    private final Sql sql;

    private final String attributes;

    /**
     * @param attributes of roots that are wanted
     */
    DealFacts(Connection connection, Set<String> attributes) {
        this.sql = new Sql(connection);
        this.attributes = AttributesInUse.column(attributes);
    }

    /** About how many bytes a number of facts takes. */
    static long bytes(long facts) {
        return facts * BYTES_OF_A_FACT;
    }

    private static long bytes(Fact fact) {
        long bytes = BYTES_OF_A_FACT;
        for (ObjectKey link : fact.links()) {
            bytes += BYTES_OF_A_LINK + link.value().length();
        }
        for (Map.Entry<String, String> each : fact.attributes().entrySet()) {
            bytes += BYTES_OF_A_LINK
                    + each.getKey().length()
                    + 2L * each.getValue().length();
        }
        return bytes;
    }

    /**
     * The facts that count of each deal: those of every object placed in it.
     *
     * @param atMost bytes
     * @param unreadable called with each deal that has a row which is not a fact
     * @return null if they take more than that
     */
    @Nullable
    Map<UUID, List<Fact>> of(Collection<UUID> dealIds, long atMost, BiConsumer<UUID, RuntimeException> unreadable)
            throws SQLException {
        return read(atMost, unreadable, OF_DEALS, new Sql.Uuids(dealIds));
    }

    /**
     * The facts that count of each deal, after an instant.
     *
     * @param after the instants, by deal
     * @param atMost bytes
     * @param unreadable called with each deal that has a row which is not a fact
     * @return null if they take more than that
     */
    @Nullable
    Map<UUID, List<Fact>> after(Map<UUID, Instant> after, long atMost, BiConsumer<UUID, RuntimeException> unreadable)
            throws SQLException {
        List<UUID> deals = List.copyOf(after.keySet());
        List<Long> instants = deals.stream()
                .map(deal -> Objects.requireNonNull(after.get(deal)).toEpochMilli())
                .toList();
        return read(atMost, unreadable, OF_DEALS_AFTER, new Sql.Uuids(deals), new Sql.Longs(instants));
    }

    private @Nullable Map<UUID, List<Fact>> read(
            long atMost,
            BiConsumer<UUID, RuntimeException> unreadable,
            String statement,
            @Nullable Object... parameters)
            throws SQLException {
        Map<UUID, List<Fact>> facts = new HashMap<>();
        long[] bytes = {0};
        sql.read(
                statement.formatted(attributes),
                ROWS_AT_ONCE,
                row -> {
                    bytes[0] += add(row, facts, unreadable);
                    return bytes[0] <= atMost;
                },
                parameters);
        return bytes[0] > atMost ? null : facts;
    }

    private static long add(ResultSet row, Map<UUID, List<Fact>> facts, BiConsumer<UUID, RuntimeException> unreadable)
            throws SQLException {
        List<UUID> deals = List.of((UUID[]) row.getArray("deal_ids").getArray());
        try {
            Fact fact = FactTable.read(row);
            deals.forEach(
                    deal -> facts.computeIfAbsent(deal, _ -> new ArrayList<>()).add(fact));
            return bytes(fact);
        } catch (RuntimeException e) {
            deals.forEach(deal -> unreadable.accept(deal, e));
            return 0;
        }
    }
}
