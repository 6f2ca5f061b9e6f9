package io.masterdeal.console.alerts;

import io.masterdeal.console.alerts.WatchSession.Hold;
import io.masterdeal.console.monitoring.Samples;
import io.masterdeal.worker.Workers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Judges all rules in rounds. One process at a time does so, the one that holds the lock; while PostgreSQL is away the one that held it
 * last goes on in memory, and writes when PostgreSQL is back what happened meanwhile.
 */
final class Watch implements SmartLifecycle {

    /** How long ended alerts are still looked at, so that channels are told. */
    private static final Duration LOOKED_AT = Duration.ofHours(1);

    /** How long what has ended is kept for people to look at. */
    private static final Duration KEPT = Duration.ofDays(365);

    private static final Duration FORGETTING = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final List<AlertRule> rules;
    private final AlertBook book;
    private final Samples samples;
    private final WatchSession session;
    private final List<RoundListener> listeners;
    private final Clock clock;
    private final Duration interval;
    private final Map<UUID, Alert> unsaved = new LinkedHashMap<>();
    private final Map<UUID, Alert> known = new LinkedHashMap<>();
    private List<Silence> silences = List.of();
    private Instant forgotAt = Instant.EPOCH;
    private volatile boolean leading;
    private volatile boolean databaseAway;
    private volatile List<Alert> shown = List.of();
    private @Nullable ScheduledExecutorService schedule;

    /**
     * @param settings thresholds, interval
     * @param others rules of other parts of the console
     */
    Watch(
            WatchSettings settings,
            List<AlertRule> others,
            Samples samples,
            WatchSession session,
            List<RoundListener> listeners,
            Clock clock) {
        List<AlertRule> all = new ArrayList<>(AlertRules.all(_ -> List.of(Reading.is(databaseAway, Map.of(), ""))));
        all.addAll(others);
        this.rules = all.stream().filter(settings::has).map(settings::set).toList();
        this.book = new AlertBook(settings.calm());
        this.interval = settings.interval();
        this.samples = samples;
        this.session = session;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Workers.scheduled("watch");
        var _ = started.scheduleWithFixedDelay(this::roundOrLog, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        schedule = started;
    }

    private void roundOrLog() {
        try {
            round(clock.instant());
        } catch (RuntimeException e) {
            log.error("a round of the watch failed", e);
        }
    }

    /** Judges once. */
    void round(Instant now) {
        Hold hold = session.hold();
        if (hold == Hold.OTHERS) {
            leading = false;
            databaseAway = false;
            return;
        }
        if (hold == Hold.AWAY && !leading) {
            return; // Another process may judge.
        }
        databaseAway = hold == Hold.AWAY;
        if (!databaseAway && !readRows(now, !leading)) {
            return;
        }
        judge(now);
        endPrometheus(now);
        List<Alert> all = List.copyOf(known.values());
        for (RoundListener listener : listeners) {
            listener.round(all, silences, now).forEach(this::changed);
        }
        if (!databaseAway) {
            save(now);
        }
        known.values()
                .removeIf(alert -> alert.resolvedAt() != null
                        && alert.resolvedAt().isBefore(now.minus(LOOKED_AT))
                        && !unsaved.containsKey(alert.id()));
        shown = List.copyOf(known.values());
    }

    /** What people and Prometheus have written since the round before; and all of it, if another process judged until now. */
    private boolean readRows(Instant now, boolean takesOver) {
        try {
            List<Alert> rows = session.run(connection -> {
                silences = AlertRows.silences(connection, now);
                if (takesOver) {
                    for (RoundListener listener : listeners) {
                        listener.takeOver(connection);
                    }
                }
                return AlertRows.current(connection, now.minus(LOOKED_AT));
            });
            if (takesOver) {
                log.info("this process judges the alarms now");
                known.clear();
                unsaved.clear();
                book.restore(firing(rows), now);
                leading = true;
            }
            adopt(firing(rows));
            rows.forEach(row -> known.merge(row.id(), row, (own, read) -> unsaved.containsKey(own.id()) ? own : read));
            return true;
        } catch (SQLException e) {
            log.warn("alerts cannot be read: {}", e.toString());
            databaseAway = true;
            return leading;
        }
    }

    /** While this process was cut off from PostgreSQL another one may have judged: what it has written counts. */
    private void adopt(Collection<Alert> firing) {
        for (Alert row : firing) {
            for (Alert own : List.copyOf(known.values())) {
                if (own.isFiring()
                        && own.fingerprint().equals(row.fingerprint())
                        && !own.id().equals(row.id())) {
                    known.remove(own.id());
                    unsaved.remove(own.id());
                    book.adopt(row);
                }
            }
        }
    }

    private static Collection<Alert> firing(List<Alert> rows) {
        return rows.stream()
                .filter(alert -> alert.isFiring() && alert.source().equals(Alert.WATCH))
                .toList();
    }

    private void judge(Instant now) {
        for (AlertRule rule : rules) {
            book.judge(rule, rule.measure().read(samples), now).forEach(alert -> {
                Alert before = known.get(alert.id());
                logChange(before, alert);
                changed(before == null ? alert : alert.keeping(before));
            });
        }
        Set<String> ids = rules.stream().map(AlertRule::id).collect(Collectors.toSet());
        book.endOthers(ids, now).forEach(this::changed);
    }

    private static void logChange(@Nullable Alert before, Alert alert) {
        if (before == null || before.isFiring() != alert.isFiring()) {
            log.warn(
                    "alert {} {} {}: {} {}",
                    alert.rule(),
                    alert.state().tag(),
                    alert.labels(),
                    alert.value(),
                    alert.detail());
        }
    }

    private void endPrometheus(Instant now) {
        for (Alert alert : List.copyOf(known.values())) {
            if (alert.isFiring() && alert.endsAt() != null && !alert.endsAt().isAfter(now)) {
                changed(alert.resolved(now));
            }
        }
    }

    private void changed(Alert alert) {
        known.put(alert.id(), alert);
        unsaved.put(alert.id(), alert);
    }

    private void save(Instant now) {
        try {
            session.run(connection -> {
                AlertRows.save(connection, unsaved.values());
                for (RoundListener listener : listeners) {
                    listener.save(connection);
                }
                if (forgotAt.plus(FORGETTING).isBefore(now)) {
                    AlertRows.forget(connection, now.minus(KEPT));
                    forgotAt = now;
                }
                return unsaved.size();
            });
            unsaved.clear();
            listeners.forEach(RoundListener::saved);
        } catch (SQLException e) {
            log.warn("alerts cannot be written, they stay in memory until the next round: {}", e.toString());
        }
    }

    /** Whether this process judges. */
    boolean isLeading() {
        return leading;
    }

    /** What fires by the memory of this process: for pages while PostgreSQL is away. */
    List<Alert> known() {
        return shown;
    }

    @Override
    public void stop() {
        ScheduledExecutorService started = schedule;
        schedule = null;
        if (started != null) {
            started.shutdownNow();
            try {
                started.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        session.close();
    }

    @Override
    public boolean isRunning() {
        return schedule != null;
    }
}
