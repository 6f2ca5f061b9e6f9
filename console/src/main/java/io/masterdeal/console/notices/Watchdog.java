package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Alert;
import io.masterdeal.console.alerts.RoundListener;
import io.masterdeal.console.alerts.Silence;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls an address after a round of the watch, once a minute: whoever is behind it raises an alarm when the calls cease. */
final class Watchdog implements RoundListener {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private final HttpTarget http;
    private final @Nullable URI url;
    private final Duration every;
    private Instant calledAt = Instant.EPOCH;

    Watchdog(HttpTarget http, @Nullable URI url, Duration every) {
        this.http = http;
        this.url = url;
        this.every = every;
    }

    @Override
    public List<Alert> round(List<Alert> alerts, List<Silence> silences, Instant now) {
        if (url != null && !calledAt.plus(every).isAfter(now)) {
            calledAt = now;
            try {
                http.send("GET", url, Map.of(), new byte[0], url.getScheme() + "://" + url.getAuthority());
            } catch (NoticeException e) {
                log.warn("watchdog: {}", e.getMessage());
            }
        }
        return List.of();
    }

    @Override
    public void save(Connection connection) {
        // There is nothing to write.
    }

    @Override
    public void saved() {
        // Nothing was written.
    }

    @Override
    public void takeOver(Connection connection) {
        // There is nothing to take over.
    }
}
