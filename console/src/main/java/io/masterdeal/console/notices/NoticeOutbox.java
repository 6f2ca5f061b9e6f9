package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Alert;
import io.masterdeal.console.alerts.RoundListener;
import io.masterdeal.console.alerts.Silence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has to be sent, in memory and as rows. A notice is sent from memory, so that one about PostgreSQL goes without it; its row makes
 * sure that another process sends it if this one ends. So a notice may be sent twice, with the same id, and never not at all. Thread-safe.
 */
final class NoticeOutbox implements RoundListener {

    /** After so many failures in a row a channel has failed. */
    static final int FAILURES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration GIVEN_UP_AFTER = Duration.ofHours(24);
    private static final int MOST = 1_000;
    private static final int LONGEST_ERROR = 500;

    private static final String SAVE = """
        INSERT INTO notices (id, channel, body, created_at, attempts, state, last_error, done_at)
        VALUES (?, ?, ?::jsonb, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, state = excluded.state,
            last_error = excluded.last_error, done_at = excluded.done_at
        """;

    private final Channels channels;
    private final NoticePlan plan;
    private final Map<UUID, Entry> entries = new LinkedHashMap<>();
    private final Map<String, ChannelState> states = new LinkedHashMap<>();
    private final Map<UUID, Integer> writing = new LinkedHashMap<>();

    NoticeOutbox(Channels channels, NoticePlan plan) {
        this.channels = channels;
        this.plan = plan;
        channels.channels().forEach(channel -> states.put(channel.name(), ChannelState.NEW));
    }

    /** A notice that is not sent, or whose row does not say so yet. */
    private static final class Entry {
        private final Notice notice;
        private int attempts;
        private Instant dueAt;
        private String state = "pending";
        private String lastError = "";
        private @Nullable Instant doneAt;
        private int version = 1;
        private int saved;
        private boolean sending;

        Entry(Notice notice, int attempts) {
            this.notice = notice;
            this.attempts = attempts;
            this.dueAt = notice.createdAt();
        }

        void done(String how, Instant now) {
            state = how;
            doneAt = now;
        }
    }

    /**
     * How a channel does in this process.
     *
     * @param failures since it last worked
     * @param lastError empty if it works
     * @param lastSentAt null if nothing was sent yet
     */
    record ChannelState(
            int failures, String lastError, @Nullable Instant lastSentAt) {
        static final ChannelState NEW = new ChannelState(0, "", null);
    }

    @Override
    public synchronized List<Alert> round(List<Alert> alerts, List<Silence> silences, Instant now) {
        NoticePlan.Decision decision = plan.decide(channels.channels(), alerts, silences, now);
        decision.notices().forEach(this::add);
        return decision.told();
    }

    /** Adds a notice. If far too many wait, the oldest are given up. */
    synchronized void add(Notice notice) {
        entries.put(notice.id(), new Entry(notice, 0));
        long waiting =
                entries.values().stream().filter(entry -> entry.doneAt == null).count();
        if (waiting > MOST) {
            entries.values().stream()
                    .filter(entry -> entry.doneAt == null && !entry.sending)
                    .findFirst()
                    .ifPresent(entry -> {
                        entry.done("given_up", notice.createdAt());
                        entry.version++;
                    });
        }
    }

    /** The first notice of each channel that is due and not being sent; it counts as being sent until its result is told. */
    synchronized List<Notice> take(Instant now) {
        List<Notice> due = new ArrayList<>();
        for (Channel channel : channels.channels()) {
            boolean busy = entries.values().stream()
                    .anyMatch(entry -> entry.sending && entry.notice.channel().equals(channel.name()));
            if (!busy) {
                entries.values().stream()
                        .filter(entry ->
                                entry.doneAt == null && entry.notice.channel().equals(channel.name()))
                        .findFirst()
                        .filter(entry -> !entry.dueAt.isAfter(now))
                        .ifPresent(entry -> {
                            entry.sending = true;
                            due.add(entry.notice);
                        });
            }
        }
        return due;
    }

    synchronized void sent(Notice notice, Instant now) {
        states.put(notice.channel(), new ChannelState(0, "", now));
        Entry entry = entries.get(notice.id());
        if (entry != null) {
            entry.sending = false;
            entry.attempts++;
            entry.lastError = "";
            entry.done("sent", now);
            entry.version++;
        }
    }

    synchronized void failed(Notice notice, String why, Instant now) {
        String error = why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) : why;
        ChannelState before = states.getOrDefault(notice.channel(), ChannelState.NEW);
        states.put(notice.channel(), new ChannelState(before.failures() + 1, error, before.lastSentAt()));
        Entry entry = entries.get(notice.id());
        if (entry != null) {
            entry.sending = false;
            entry.attempts++;
            entry.lastError = error;
            entry.dueAt = now.plus(pause(entry.attempts));
            if (notice.createdAt().plus(GIVEN_UP_AFTER).isBefore(now)) {
                entry.done("given_up", now);
            }
            entry.version++;
        }
    }

    /** 5 s, 15 s, 45 s and so on up to 5 min. */
    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(3);
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** How each channel does. */
    synchronized Map<String, ChannelState> states() {
        return Map.copyOf(states);
    }

    @Override
    public synchronized void save(Connection connection) throws SQLException {
        writing.clear();
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            for (Entry entry : entries.values()) {
                if (entry.saved < entry.version) {
                    writing.put(entry.notice.id(), entry.version);
                    bind(save, entry);
                    save.addBatch();
                }
            }
            save.executeBatch();
        }
    }

    private static void bind(PreparedStatement save, Entry entry) throws SQLException {
        save.setObject(1, entry.notice.id());
        save.setString(2, entry.notice.channel());
        save.setString(3, JsonMapper.shared().writeValueAsString(entry.notice).replace("\\u0000", " "));
        save.setTimestamp(4, Timestamp.from(entry.notice.createdAt()));
        save.setInt(5, entry.attempts);
        save.setString(6, entry.state);
        save.setString(7, entry.lastError.replace('\u0000', ' '));
        save.setTimestamp(8, entry.doneAt == null ? null : Timestamp.from(entry.doneAt));
    }

    @Override
    public synchronized void saved() {
        writing.forEach((id, version) -> {
            Entry entry = entries.get(id);
            if (entry != null) {
                entry.saved = version;
                if (entry.doneAt != null && entry.version == version) {
                    entries.remove(id);
                }
            }
        });
        writing.clear();
    }

    @Override
    public synchronized void takeOver(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT body, attempts FROM notices WHERE state = 'pending' ORDER BY created_at LIMIT 1000");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Notice notice = JsonMapper.shared().readValue(rows.getString(1), Notice.class);
                entries.computeIfAbsent(notice.id(), _ -> {
                    Entry entry = new Entry(notice, 0);
                    entry.saved = entry.version;
                    return entry;
                });
            }
        }
    }
}
