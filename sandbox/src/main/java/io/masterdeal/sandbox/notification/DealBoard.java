package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.call.NotifiedStages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The stages of deals that a system knows from notifications: the last revision of each, for up to {@value #KEPT} deals; the least
 * recently updated is dropped first. Thread-safe.
 */
final class DealBoard implements NotificationHandler, NotifiedStages {

    private static final int KEPT = 10_000;

    private record Standing(DealRevision version, String stage, long heardAt) {}

    private final Map<String, Standing> standings = new LinkedHashMap<>();

    @Override
    public Effect take(Notification notification) {
        JsonNode data = CanonicalData.of(notification);
        var told = new Standing(DealRevision.of(data), data.path("stage").asString("none"), System.nanoTime());
        return keep(data.path("root").asString(), told);
    }

    private synchronized Effect keep(String deal, Standing told) {
        Standing before = standings.get(deal);
        if (before != null && !told.version().isNewerThan(before.version())) {
            return Effect.STALE;
        }
        standings.remove(deal);
        standings.put(deal, told);
        if (standings.size() > KEPT) {
            standings.remove(standings.keySet().iterator().next());
        }
        return Effect.KEPT;
    }

    @Override
    public synchronized Optional<Notified> of(String deal) {
        return Optional.ofNullable(standings.get(deal))
                .map(it -> new Notified(
                        it.stage(), it.version().revision(), Duration.ofNanos(System.nanoTime() - it.heardAt())));
    }

    synchronized int size() {
        return standings.size();
    }
}
