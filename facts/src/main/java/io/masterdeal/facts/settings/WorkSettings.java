package io.masterdeal.facts.settings;

import io.masterdeal.role.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to be the same in all processes that take events in and send effects for a schema.
 *
 * <p>Whether there is a gateway is remembered until the catalog or the reactions are changed: what a process without one finds,
 * it leaves to those that have one, even while none of them runs.
 *
 * @param catalog tells one catalog of events from another: see {@link #hash}
 * @param reactions tells one set of reactions from another, in the same way
 * @param sends whether this process has a gateway to send effects by; that need not be the same
 */
public record WorkSettings(String catalog, String reactions, boolean sends) implements SharedSetting {

    /**
     * A short text that differs if the parts do.
     *
     * @param parts in any order
     */
    public static String hash(Stream<String> parts) {
        StringBuilder all = new StringBuilder();
        parts.sorted().forEach(part -> all.append(part.length()).append(':').append(part));
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public int lock() {
        return 0x6d640005;
    }

    @Override
    public int attempts() {
        return 5; // A process that stands by tries again every few seconds anyway.
    }

    private static @Nullable WorkSettings current(Connection connection) throws SQLException {
        List<WorkSettings> rows = new Sql(connection)
                .query(
                        "SELECT catalog, reactions, sends FROM active_settings",
                        row -> new WorkSettings(row.getString(1), row.getString(2), row.getBoolean(3)));
        return rows.isEmpty() ? null : rows.getFirst();
    }

    @Override
    public boolean isInUse(Connection connection) throws SQLException {
        WorkSettings now = current(connection);
        return now != null && now.catalog.equals(catalog) && now.reactions.equals(reactions);
    }

    @Override
    public void join(Connection connection) throws SQLException {
        if (sends) {
            new Sql(connection).update("UPDATE active_settings SET sends = true WHERE NOT sends");
        }
    }

    @Override
    public void bring(Connection connection) throws SQLException {
        new Sql(connection).update("""
                        INSERT INTO active_settings AS s (catalog, reactions, sends) VALUES (?, ?, ?)
                        ON CONFLICT (only_row) DO UPDATE
                        SET catalog = excluded.catalog, reactions = excluded.reactions, sends = excluded.sends
                        WHERE (s.catalog, s.reactions) <> (excluded.catalog, excluded.reactions)
                        """, catalog, reactions, sends);
    }

    @Override
    public String difference(Connection connection) throws SQLException {
        WorkSettings now = current(connection);
        List<String> what = new ArrayList<>();
        if (now == null || !now.catalog.equals(catalog)) {
            what.add("another catalog of events (masterdeal.catalog, or another release)");
        }
        if (now == null || !now.reactions.equals(reactions)) {
            what.add("other reactions (masterdeal.reactions)");
        }
        return "another service process works with " + String.join(" and ", what)
                + ": stop it, or start this one with the same";
    }
}
