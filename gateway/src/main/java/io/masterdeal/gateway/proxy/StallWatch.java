package io.masterdeal.gateway.proxy;

import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends stalled answers. The timeout of the JDK's client covers only the headers (until JDK 26); a system that sends these and then
 * nothing more would block the caller for ever.
 */
final class StallWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

    private final ScheduledExecutorService clock = Workers.scheduled("route-stalls");

    /**
     * Watches a stream until the result is closed. If nothing arrives within the patience (noticed after up to twice that time), the
     * stream is closed, and a pending read fails.
     */
    Watched over(InputStream stream, Duration patience) {
        var watched = new Watched(stream);
        watched.look(clock.scheduleAtFixedRate(
                watched::check, patience.toNanos(), patience.toNanos(), TimeUnit.NANOSECONDS));
        return watched;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** A stream that is watched. */
    static final class Watched implements AutoCloseable {
        private final InputStream stream;
        private volatile boolean moved;
        private volatile boolean over;
        private Future<?> looks = CompletableFuture.completedFuture(null);

        private Watched(InputStream stream) {
            this.stream = stream;
        }

        private void look(Future<?> future) {
            looks = future;
        }

        /** Notes that something arrived. */
        void moved() {
            moved = true;
        }

        private void check() {
            if (moved || over) {
                moved = false;
                return;
            }
            try {
                stream.close();
            } catch (IOException e) {
                LOG.warn("The stream of a stalled answer cannot be closed: {}", e.toString());
            }
        }

        @Override
        public void close() {
            over = true;
            looks.cancel(false);
        }
    }
}
