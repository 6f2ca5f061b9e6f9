package io.masterdeal.console.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is pending and what fires. A condition is <b>pending</b> from the first reading above the threshold, <b>fires</b> when it has held
 * for the time of its rule, and is <b>resolved</b> when its reading was low enough for a while, so that a value around the threshold does
 * not raise one alert after the other. Reads no clock; not thread-safe.
 */
final class AlertBook {

    private final Duration calm;
    private final Map<String, Entry> entries = new HashMap<>();

    /**
     * @param calm how long a reading has to be low before an alert is resolved
     */
    AlertBook(Duration calm) {
        this.calm = calm;
    }

    /** A condition that holds, or did until a moment ago. */
    private static final class Entry {
        private final String rule;
        private final Instant since;
        private Instant lastHigh;
        private @Nullable Alert alert;

        Entry(String rule, Instant since, Instant lastHigh, @Nullable Alert alert) {
            this.rule = rule;
            this.since = since;
            this.lastHigh = lastHigh;
            this.alert = alert;
        }
    }

    /** Takes over what fires by the record of another process. Of the watch's own alerts only. */
    void restore(Collection<Alert> firing, Instant now) {
        entries.clear();
        for (Alert alert : firing) {
            entries.put(alert.fingerprint(), new Entry(alert.rule(), alert.since(), now, alert));
        }
    }

    /** Takes an alert of another process in the place of the own one with the same fingerprint. */
    void adopt(Alert alert) {
        Entry own = entries.get(alert.fingerprint());
        if (own != null) {
            own.alert = alert;
        }
    }

    /** How many conditions are pending. */
    int pending() {
        return (int)
                entries.values().stream().filter(entry -> entry.alert == null).count();
    }

    /**
     * Judges the readings of a rule.
     *
     * @param readings null if they are not known: then nothing changes
     * @return alerts that fired, were resolved, or have another reading than before
     */
    List<Alert> judge(AlertRule rule, @Nullable List<Reading> readings, Instant now) {
        if (readings == null) {
            return List.of();
        }
        List<Alert> changed = new ArrayList<>();
        Set<String> high = new HashSet<>();
        for (Reading reading : readings) {
            String fingerprint = Alert.fingerprint(Alert.WATCH, rule.id(), reading.labels());
            Entry entry = entries.get(fingerprint);
            boolean fires = entry != null && entry.alert != null;
            if (reading.value() > (fires ? rule.clear() : rule.above())) {
                high.add(fingerprint);
                isHigh(rule, reading, fingerprint, now, changed);
            }
        }
        entries.entrySet()
                .removeIf(each -> each.getValue().rule.equals(rule.id())
                        && !high.contains(each.getKey())
                        && hasEnded(each.getValue(), now, changed));
        return changed;
    }

    private void isHigh(AlertRule rule, Reading reading, String fingerprint, Instant now, List<Alert> changed) {
        Entry entry = entries.computeIfAbsent(fingerprint, _ -> new Entry(rule.id(), now, now, null));
        entry.lastHigh = now;
        Alert before = entry.alert;
        if (before == null) {
            if (!entry.since.plus(rule.hold()).isAfter(now)) {
                Alert fired = Alert.fired(rule, reading, entry.since, now);
                entry.alert = fired;
                changed.add(fired);
            }
        } else if (before.value() != reading.value() || !before.detail().equals(reading.detail())) {
            Alert updated = before.with(reading.value(), reading.detail());
            entry.alert = updated;
            changed.add(updated);
        }
    }

    private boolean hasEnded(Entry entry, Instant now, List<Alert> changed) {
        Alert alert = entry.alert;
        if (alert == null) {
            return true; // It was pending and did not last.
        }
        if (entry.lastHigh.plus(calm).isAfter(now)) {
            return false;
        }
        changed.add(alert.resolved(now));
        return true;
    }

    /** Ends what fires by rules that there are no longer. */
    List<Alert> endOthers(Set<String> rules, Instant now) {
        List<Alert> ended = new ArrayList<>();
        entries.values().removeIf(entry -> {
            boolean gone = !rules.contains(entry.rule);
            if (gone && entry.alert != null) {
                ended.add(entry.alert.resolved(now));
            }
            return gone;
        });
        return ended;
    }
}
