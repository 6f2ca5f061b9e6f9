package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the facts say about a deal at this moment, for code that is about to act on it.
 *
 * @param root the deal's root
 * @param known whether a standing fact names the deal
 * @param folding whether it waits to be folded, so that {@code objects} may be behind the facts
 * @param objects its objects with their current statuses (null: none known yet)
 */
public record CurrentDeal(
        ObjectKey root, boolean known, boolean folding, SortedMap<ObjectKey, @Nullable String> objects) {

    /**
     * Reads deals.
     *
     * @param ids of the deals; those whose root no fact has named yet are not returned
     */
    public static Map<UUID, CurrentDeal> of(Connection connection, List<UUID> ids) throws SQLException {
        Map<UUID, CurrentDeal> found = new HashMap<>();
        new Sql(connection)
                .forEach(
                        """
                        SELECT d.id, d.root_key, d.known, d.state, EXISTS (
                            SELECT 1 FROM pending_folds p WHERE p.deal_id = d.id) AS folding
                        FROM deals d WHERE d.id = ANY (?) AND d.root_key IS NOT NULL
                        """,
                        row -> found.put(
                                FactTable.uuid(row, "id"),
                                new CurrentDeal(
                                        new ObjectKey(row.getString("root_key")),
                                        row.getBoolean("known"),
                                        row.getBoolean("folding"),
                                        objects(row.getBytes("state")))),
                        new Sql.Uuids(ids));
        return found;
    }

    private static SortedMap<ObjectKey, @Nullable String> objects(byte @Nullable [] state) {
        return state == null ? new TreeMap<>() : StoredState.objects(StoredState.read(state));
    }

    /**
     * The current attributes of an object: each with the value of the newest fact that has it.
     *
     * @return by name, sorted
     */
    public static SortedMap<String, String> attributes(Connection connection, ObjectKey object) throws SQLException {
        List<Fact> facts = new Sql(connection)
                .query(
                        "SELECT " + FactTable.COLUMNS + " FROM facts f WHERE f.subject = ? AND NOT f.retracted",
                        FactTable::read,
                        object.value());
        SortedMap<String, String> attributes = new TreeMap<>();
        facts.stream().sorted(Fact.BY_VERSION).forEach(fact -> attributes.putAll(fact.attributes()));
        return attributes;
    }

    /**
     * The current value of one attribute of objects: that of the newest fact that has it.
     *
     * @return by object; those without the attribute are left out
     */
    public static Map<ObjectKey, String> attribute(Connection connection, Collection<ObjectKey> objects, String name)
            throws SQLException {
        List<Fact> facts = new Sql(connection)
                .query(
                        "SELECT " + FactTable.COLUMNS + " FROM facts f WHERE f.subject = ANY (?) AND NOT f.retracted"
                                + " AND jsonb_exists(f.attributes, ?)",
                        FactTable::read,
                        new Sql.Texts(objects.stream().map(ObjectKey::value).toList()),
                        name);
        Map<ObjectKey, String> values = new HashMap<>();
        facts.stream()
                .sorted(Fact.BY_VERSION)
                .forEach(fact -> values.put(
                        fact.subject(), Objects.requireNonNull(fact.attributes().get(name), name)));
        return values;
    }
}
