package io.masterdeal.sandbox.notification;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Simulates a layer that provides context to language models: the last canonical event of each deal, for up to {@value #KEPT} deals;
 * the least recently updated is dropped first. Thread-safe.
 */
final class Context implements NotificationHandler {

    private static final int KEPT = 2_000;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Known(DealRevision version, byte[] event) {}

    private final Map<String, Known> deals = new LinkedHashMap<>();

    @Override
    public Effect take(Notification notification) {
        var data = CanonicalData.of(notification);
        return keep(data.path("root").asString(), new Known(DealRevision.of(data), notification.body()));
    }

    private synchronized Effect keep(String deal, Known told) {
        Known before = deals.get(deal);
        if (before != null && !told.version().isNewerThan(before.version())) {
            return Effect.STALE;
        }
        deals.remove(deal);
        deals.put(deal, told);
        if (deals.size() > KEPT) {
            deals.remove(deals.keySet().iterator().next());
        }
        return Effect.KEPT;
    }

    /** The last event of a deal, unmodified. */
    synchronized Optional<byte[]> of(String deal) {
        return Optional.ofNullable(deals.get(deal)).map(Known::event);
    }

    synchronized int size() {
        return deals.size();
    }
}
