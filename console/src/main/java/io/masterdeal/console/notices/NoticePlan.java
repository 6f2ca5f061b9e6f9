package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Alert;
import io.masterdeal.console.alerts.AlertState;
import io.masterdeal.console.alerts.Silence;
import io.masterdeal.console.alerts.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which channel is told of what. What comes within a short time is one notice; what goes on is told again after hours, unless
 * somebody has acknowledged it; the end of what a channel was told of is told too. Reads no clock.
 *
 * @param group how long a channel waits for further alerts before it is told of the first
 * @param repeat after which time a channel is told again of what still fires
 */
record NoticePlan(Duration group, Duration repeat) {

    /**
     * What is to be told now.
     *
     * @param notices one a channel at most
     * @param told the alerts with what channels are told by these notices
     */
    record Decision(List<Notice> notices, List<Alert> told) {}

    Decision decide(List<Channel> channels, List<Alert> alerts, List<Silence> silences, Instant now) {
        List<Notice> notices = new ArrayList<>();
        Map<UUID, Alert> told = new LinkedHashMap<>();
        for (Channel channel : channels) {
            List<Alert> due = due(channel, alerts, silences, now);
            if (due.isEmpty()) {
                continue;
            }
            notices.add(new Notice(
                    UUID.randomUUID(),
                    channel.name(),
                    now,
                    due.stream().map(Notice.Item::of).toList(),
                    List.of(),
                    false));
            for (Alert alert : due) {
                Alert latest = told.getOrDefault(alert.id(), alert);
                told.put(alert.id(), latest.told(channel.name(), new Told(alert.state(), now)));
            }
        }
        return new Decision(notices, List.copyOf(told.values()));
    }

    private List<Alert> due(Channel channel, List<Alert> alerts, List<Silence> silences, Instant now) {
        List<Alert> due = new ArrayList<>();
        Instant oldest = now;
        for (Alert alert : alerts) {
            Instant from = toldFrom(channel, alert, silences, now);
            if (from != null) {
                due.add(alert);
                oldest = from.isBefore(oldest) ? from : oldest;
            }
        }
        if (oldest.plus(group).isAfter(now)) {
            return List.of(); // Further ones may come.
        }
        due.sort(Comparator.comparing(Alert::isFiring)
                .reversed()
                .thenComparing(Alert::severity)
                .thenComparing(Alert::firedAt));
        return due;
    }

    /** Since when there is something to tell; null if there is not. */
    private @Nullable Instant toldFrom(Channel channel, Alert alert, List<Silence> silences, Instant now) {
        Told last = alert.told().get(channel.name());
        if (!alert.isFiring()) {
            boolean knows = last != null && last.state() == AlertState.FIRING;
            return knows ? alert.resolvedAt() : null;
        }
        boolean silenced = silences.stream().anyMatch(silence -> silence.covers(alert, now));
        if (silenced || !channel.wants(alert, now)) {
            return null;
        }
        if (last == null) {
            return alert.firedAt();
        }
        Instant again = last.at().plus(repeat);
        return alert.acknowledgedBy() == null && !again.isAfter(now) ? again.minus(group) : null;
    }
}
