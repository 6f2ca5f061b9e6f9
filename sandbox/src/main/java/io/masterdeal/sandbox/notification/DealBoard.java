package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.call.DealStanding;
import io.masterdeal.sandbox.call.NotifiedStages;
import io.masterdeal.sandbox.call.SlaClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The stages and clocks of deals that a system knows from notifications: the last revision of each, for up to {@value #KEPT} deals;
 * the least recently updated is dropped first. Thread-safe.
 */
final class DealBoard implements NotificationHandler, NotifiedStages {

    private static final int KEPT = 10_000;

    private record Heard(DealRevision version, DealStanding standing, long at) {}

    private final Map<String, Heard> standings = new LinkedHashMap<>();

    @Override
    public Effect take(Notification notification) {
        JsonNode data = CanonicalData.of(notification);
        var standing = new DealStanding(data.path("stage").asString("none"), SlaClock.read(data));
        return keep(data.path("root").asString(), new Heard(DealRevision.of(data), standing, System.nanoTime()));
    }

    private synchronized Effect keep(String deal, Heard told) {
        Heard before = standings.get(deal);
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
                        it.standing(), it.version().revision(), Duration.ofNanos(System.nanoTime() - it.at())));
    }

    synchronized int size() {
        return standings.size();
    }
}
