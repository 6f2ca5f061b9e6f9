package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Alert;
import io.masterdeal.console.alerts.RoundListener;
import io.masterdeal.console.alerts.Silence;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Tells channels of the SLA breaches of the last minutes at once, by policy, as the service has told them. */
final class BreachDigest implements RoundListener {

    private static final Logger log = LoggerFactory.getLogger(BreachDigest.class);
    private static final Duration FURTHEST = Duration.ofHours(24);
    private static final int MOST_NAMES = 5;
    private static final int PAGE = 1_000;

    private final Channels channels;
    private final NoticeOutbox outbox;
    private final Roles roles;
    private final Duration every;
    private @Nullable Instant toldUntil;

    /**
     * @param every between two digests
     */
    BreachDigest(Channels channels, NoticeOutbox outbox, Roles roles, Duration every) {
        this.channels = channels;
        this.outbox = outbox;
        this.roles = roles;
        this.every = every;
    }

    @Override
    public List<Alert> round(List<Alert> alerts, List<Silence> silences, Instant now) {
        List<Channel> wanting =
                channels.channels().stream().filter(Channel::digest).toList();
        Instant from = toldUntil;
        if (from == null) {
            toldUntil = now;
            return List.of();
        }
        if (wanting.isEmpty() || from.plus(every).isAfter(now)) {
            return List.of();
        }
        Instant oldest = from.isBefore(now.minus(FURTHEST)) ? now.minus(FURTHEST) : from;
        RoleAnswer answer = roles.get(
                RoleName.SERVICE,
                "/sla/statements?kind=breached&state=told&limit=" + PAGE + "&from="
                        + oldest.truncatedTo(ChronoUnit.MILLIS));
        if (!answer.isOk()) {
            log.warn("SLA breaches cannot be told now, but later: {}", answer.problem());
            return List.of();
        }
        List<Notice.Breaches> breaches = breaches(answer.body(), now);
        toldUntil = now;
        if (!breaches.isEmpty()) {
            for (Channel channel : wanting) {
                outbox.add(new Notice(UUID.randomUUID(), channel.name(), now, List.of(), breaches, false));
            }
        }
        return List.of();
    }

    private static List<Notice.Breaches> breaches(JsonNode page, Instant before) {
        Map<String, List<String>> byPolicy = new TreeMap<>();
        for (JsonNode item : page.path("items")) {
            String made = item.path("made_at").asString("");
            if (made.isEmpty() || Instant.parse(made).isBefore(before)) {
                byPolicy.computeIfAbsent(item.path("policy").asString(""), _ -> new ArrayList<>())
                        .add(item.path("object").asString(""));
            }
        }
        return byPolicy.entrySet().stream()
                .map(each -> new Notice.Breaches(
                        each.getKey(),
                        each.getValue().size(),
                        List.copyOf(each.getValue()
                                .subList(0, Math.min(MOST_NAMES, each.getValue().size())))))
                .toList();
    }

    @Override
    public void save(Connection connection) {
        // The outbox writes the notices.
    }

    @Override
    public void saved() {
        // Nothing was written.
    }

    /** Goes on where the last digest ended, so that breaches during a restart are told. */
    @Override
    public void takeOver(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT max(created_at) FROM notices WHERE body -> 'breaches' <> '[]'::jsonb");
                ResultSet rows = select.executeQuery()) {
            if (rows.next() && rows.getTimestamp(1) != null) {
                toldUntil = rows.getTimestamp(1).toInstant();
            }
        }
    }
}
