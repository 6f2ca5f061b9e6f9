package io.masterdeal.service.orphans;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.role.database.Readers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many orphans wait, by system and age, without those an operator has put aside. All are read by one statement along an index, and
 * none is counted further than {@value #MOST}: that is enough for an alert, and a scrape costs the same whatever there is.
 */
@Component
final class OrphanMeters implements MeterBinder {

    /** A number that is not counted further. */
    static final int MOST = 5_000;

    private static final Logger log = LoggerFactory.getLogger(OrphanMeters.class);

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    /** An age: from one bound, inclusive, to another. */
    private record Age(String name, Duration from, @Nullable Duration to) {}

    private static final List<Age> AGES = List.of(
            new Age("under_1h", Duration.ZERO, Duration.ofHours(1)),
            new Age("1h_to_1d", Duration.ofHours(1), Duration.ofDays(1)),
            new Age("1d_to_7d", Duration.ofDays(1), Duration.ofDays(7)),
            new Age("over_7d", Duration.ofDays(7), null));

    private final JdbcClient jdbc;

    private final EventCatalog catalog;

    private final Clock clock;

    private @Nullable Reading last;

    OrphanMeters(Readers readers, EventCatalog catalog, Clock clock) {
        this.jdbc = readers.jdbc();
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What was read last: by system and age; null if the database did not answer. */
    private record Reading(long nanos, @Nullable Map<String, Long> orphans) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String system : catalog.domains()) {
            for (Age age : AGES) {
                Gauge.builder("masterdeal.orphans", this, it -> it.orphans(system + "|" + age.name()))
                        .description("Objects that reach no deal and are not put aside, counted up to " + MOST)
                        .tag("system", system)
                        .tag("age", age.name())
                        .register(registry);
            }
        }
    }

    private synchronized double orphans(String which) {
        Reading reading = last;
        if (reading == null || System.nanoTime() - reading.nanos > FRESH_NANOS) {
            reading = new Reading(System.nanoTime(), readOrNot());
            last = reading;
        }
        return reading.orphans == null ? Double.NaN : reading.orphans.getOrDefault(which, 0L);
    }

    private @Nullable Map<String, Long> readOrNot() {
        try {
            return read();
        } catch (DataAccessException e) {
            log.debug("how many orphans there are is not known: {}", e.toString()); // Health 'db' tells it.
            return null;
        }
    }

    /** How many there are by system and age: {@code legal|over_7d}. */
    Map<String, Long> read() {
        Instant now = clock.instant();
        String[] earliest = new String[AGES.size()];
        String[] latest = new String[AGES.size()];
        for (int i = 0; i < AGES.size(); i++) {
            Duration to = AGES.get(i).to();
            earliest[i] = (to == null ? Instant.EPOCH : now.minus(to)).toString();
            // The newest may have come after this clock's instant.
            latest[i] = (i == 0
                            ? now.plus(Duration.ofDays(1))
                            : now.minus(AGES.get(i).from()))
                    .toString();
        }
        Map<String, Long> orphans = new HashMap<>();
        jdbc.sql("""
                        SELECT s.system || '|' || a.name AS which, (SELECT count(*) FROM (
                            SELECT 1 FROM orphans o WHERE NOT o.dismissed AND o.system = s.system
                                AND o.since > a.earliest AND o.since <= a.latest LIMIT :most) AS counted) AS orphans
                        FROM unnest(:systems) AS s (system),
                            unnest(:names, CAST(:earliest AS timestamptz[]), CAST(:latest AS timestamptz[])) AS a (name, earliest, latest)
                        """)
                .param("most", MOST)
                .param("systems", catalog.domains().toArray(String[]::new))
                .param("names", AGES.stream().map(Age::name).toArray(String[]::new))
                .param("earliest", earliest)
                .param("latest", latest)
                .query(row -> {
                    orphans.put(row.getString("which"), row.getLong("orphans"));
                });
        return orphans;
    }
}
