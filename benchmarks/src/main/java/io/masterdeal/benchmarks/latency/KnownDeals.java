package io.masterdeal.benchmarks.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deals that have been published so far. Thread-safe. */
final class KnownDeals {

    private final List<UUID> ids = new ArrayList<>();

    synchronized void add(UUID id) {
        ids.add(id);
    }

    /** Any of them, each as likely; null while there is none. */
    synchronized @Nullable UUID any(Random random) {
        return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    }
}
