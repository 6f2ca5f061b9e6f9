package io.masterdeal.effects;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.facts.Reactions;
import io.masterdeal.model.ObjectKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the effects of new facts, with one statement per batch. Effects that will not be sent are written too, with the reason,
 * so that they can be seen and released.
 */
final class EffectWriter implements Reactions {

    private final Map<String, List<Reaction>> byType = new HashMap<>();

    private final Set<String> lateTypes = new HashSet<>();

    private final boolean gateway;

    private final Clock clock;

    private final EffectMeters meters;

    private volatile Runnable wake = () -> {};

    /**
     * @param gateway whether this process has a gateway to send through
     */
    EffectWriter(List<Reaction> reactions, EventCatalog catalog, boolean gateway, Clock clock, EffectMeters meters) {
        for (Reaction reaction : reactions) {
            for (String type : reaction.events()) {
                byType.computeIfAbsent(type, _ -> new ArrayList<>()).add(reaction);
                EventType known = catalog.type(type);
                if (known == null || !ObjectKind.DEAL.toString().equals(known.objectKind())) {
                    lateTypes.add(type);
                }
            }
        }
        this.gateway = gateway;
        this.clock = clock;
        this.meters = meters;
    }

    /** Sets what to call when there is something to send. */
    void wakes(Runnable sleeper) {
        wake = sleeper;
    }

    @Override
    public Set<String> types() {
        return byType.keySet();
    }

    @Override
    public Set<String> lateTypes() {
        return lateTypes;
    }

    private record Row(
            Reaction reaction, DealFact fact, @Nullable String reason) {}

    @Override
    public Written write(Connection connection, Collection<DealFact> facts) throws SQLException {
        // In the order of the ids, so that two batches that write the same ones do not deadlock.
        Map<String, Row> rows = new TreeMap<>();
        Instant now = clock.instant();
        boolean sends = gateway || facts.isEmpty() || anotherSends(connection);
        for (DealFact fact : facts) {
            for (Reaction reaction : byType.getOrDefault(fact.type(), List.of())) {
                rows.putIfAbsent(
                        reaction.effectId(fact.deal(), fact.eventId()).toString(),
                        new Row(reaction, fact, reason(reaction, fact, now, sends)));
            }
        }
        return rows.isEmpty() ? Written.NOTHING : insert(connection, rows);
    }

    /** Whether another process has a gateway, if this one has none. */
    static boolean anotherSends(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM active_settings WHERE sends");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private static @Nullable String reason(Reaction reaction, DealFact fact, Instant now, boolean sends) {
        if (fact.replayed()) {
            return Reasons.REPLAYED;
        }
        if (Instant.ofEpochMilli(fact.occurredAt()).plus(reaction.maxAge()).isBefore(now)) {
            return Reasons.TOO_OLD;
        }
        return sends ? null : Reasons.NO_GATEWAY;
    }

    private static Written insert(Connection connection, Map<String, Row> rows) throws SQLException {
        List<String> reactions = new ArrayList<>();
        List<UUID> deals = new ArrayList<>();
        List<UUID> events = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        List<@Nullable String> reasons = new ArrayList<>();
        rows.values().forEach(row -> {
            reactions.add(row.reaction().name());
            deals.add(row.fact().deal());
            events.add(row.fact().eventId());
            hashes.add(row.fact().contentHash());
            reasons.add(row.reason());
        });
        int pending = 0;
        int suppressed = 0;
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO effects (id, reaction, deal_id, event_id, content_hash, state, reason)
                SELECT id::uuid, reaction, deal_id, event_id, decode(hash, 'hex'),
                    CASE WHEN reason IS NULL THEN 'pending' ELSE 'suppressed' END, reason
                FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY AS t (id, reaction, deal_id, event_id, hash, reason, n)
                ORDER BY n
                ON CONFLICT (id) DO NOTHING
                RETURNING state
                """)) {
            insert.setArray(1, connection.createArrayOf("text", rows.keySet().toArray()));
            insert.setArray(2, connection.createArrayOf("text", reactions.toArray()));
            insert.setArray(3, connection.createArrayOf("uuid", deals.toArray()));
            insert.setArray(4, connection.createArrayOf("uuid", events.toArray()));
            insert.setArray(5, connection.createArrayOf("text", hashes.toArray()));
            insert.setArray(6, connection.createArrayOf("text", reasons.toArray()));
            try (ResultSet written = insert.executeQuery()) {
                while (written.next()) {
                    if (written.getString(1).equals(EffectState.PENDING.text())) {
                        pending++;
                    } else {
                        suppressed++;
                    }
                }
            }
        }
        return new Written(pending, suppressed);
    }

    @Override
    public void committed(Written written) {
        meters.entered(EffectState.PENDING, written.pending());
        meters.entered(EffectState.SUPPRESSED, written.suppressed());
        if (written.pending() > 0) {
            wake.run();
        }
    }
}
