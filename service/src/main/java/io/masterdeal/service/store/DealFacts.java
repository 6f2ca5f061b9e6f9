package io.masterdeal.service.store;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the facts deals are folded from: row by row, without attributes that no answer needs, and not more than fits. */
final class DealFacts {

    private static final String COLUMNS =
            "f.event_id, f.type, f.subject, f.status, f.sequence, f.occurred_at, f.links, " + AttributesInUse.column()
                    + ", f.master_deal_id";

    /** Each fact once: one about an object in many deals, with many links, would else be read and kept for each of them. */
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

    private final FactTable table;

    DealFacts(Connection connection) {
        this.sql = new Sql(connection);
        this.table = new FactTable(connection);
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
     * @param unreadable told of each deal that has a row which is no fact
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
     * @param unreadable told of each deal that has a row which is no fact
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
                statement,
                ROWS_AT_ONCE,
                row -> {
                    bytes[0] += add(row, facts, unreadable);
                    return bytes[0] <= atMost;
                },
                parameters);
        if (bytes[0] > atMost) {
            return null;
        }
        withContents(facts);
        return facts;
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

    /**
     * Reads the attributes, after all, of facts that have their event id in common: if they have their version in common too, the
     * contents decide which is newer (ruling 3).
     */
    private void withContents(Map<UUID, List<Fact>> facts) throws SQLException {
        Set<UUID> twice = new HashSet<>();
        facts.values().forEach(each -> {
            Set<UUID> seen = new HashSet<>();
            each.forEach(fact -> {
                if (!seen.add(fact.eventId())) {
                    twice.add(fact.eventId());
                }
            });
        });
        if (twice.isEmpty()) {
            return;
        }
        Map<UUID, List<Fact>> whole = new HashMap<>();
        table.standing(twice)
                .forEach(fact -> whole.computeIfAbsent(fact.eventId(), _ -> new ArrayList<>())
                        .add(fact));
        facts.replaceAll((_, each) -> withContents(each, whole));
    }

    private static List<Fact> withContents(List<Fact> facts, Map<UUID, List<Fact>> whole) {
        Set<ObjectKey> subjects = new HashSet<>();
        List<Fact> all = new ArrayList<>(facts.size());
        Set<UUID> replaced = new HashSet<>();
        facts.forEach(fact -> {
            if (whole.containsKey(fact.eventId())) {
                subjects.add(fact.subject());
                replaced.add(fact.eventId());
            } else {
                all.add(fact);
            }
        });
        replaced.forEach(id -> whole.getOrDefault(id, List.of()).stream()
                .filter(fact -> subjects.contains(fact.subject()))
                .forEach(all::add));
        return all;
    }
}
