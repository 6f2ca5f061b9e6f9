package io.masterdeal.console.audit;

import io.masterdeal.console.platform.QueryPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Which actions a page shows. Empty texts choose nothing.
 *
 * @param actor a person or a principal
 * @param action what was done
 * @param from from when on, as typed: an instant, or date and time in the zone of the page
 * @param to before when, likewise
 * @param before the end of this page: an instant; empty on the first one
 */
public record AuditChoice(String actor, String action, String from, String to, String before) {
    /** What is kept, in the order in which it can be chosen. */
    public static final List<String> ACTIONS = List.of(
            "redrive",
            "discard",
            "release",
            "skip",
            "done",
            "rebuild",
            "republish",
            "publish-parked",
            "link",
            "unlink",
            "dismiss",
            "restore");

    static AuditChoice of(Map<String, String> given) {
        return new AuditChoice(
                given.getOrDefault("actor", "").strip(),
                given.getOrDefault("action", ""),
                given.getOrDefault("from", "").strip(),
                given.getOrDefault("to", "").strip(),
                given.getOrDefault("before", ""));
    }

    /**
     * The request to a role.
     *
     * @param cursor of that role
     */
    String request(ZoneId zone, String cursor, int limit) {
        return QueryPath.of("/operator-actions")
                .with("actor", actor)
                .with("action", action)
                .with("from", instant(from, zone))
                .with("to", before.isEmpty() ? instant(to, zone) : before)
                .with("cursor", cursor)
                .with("limit", Integer.toString(limit))
                .toString();
    }

    /** What is neither goes to the role as it is, which says what is wrong. */
    private static String instant(String text, ZoneId zone) {
        if (text.isEmpty()) {
            return "";
        }
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeException _) {
            try {
                return LocalDateTime.parse(text).atZone(zone).toInstant().toString();
            } catch (DateTimeException _) {
                return text;
            }
        }
    }

    /** The same from another place on. */
    AuditChoice before(String instant) {
        return new AuditChoice(actor, action, from, to, instant);
    }

    private QueryPath filter(String path) {
        return QueryPath.of(path)
                .with("actor", actor)
                .with("action", action)
                .with("from", from)
                .with("to", to);
    }

    /** The address of the list from another place on. */
    public String link(String place) {
        return filter("/audit").with("before", place).toString();
    }

    /** The address of the same as a table for a spreadsheet. */
    public String csv() {
        return filter("/audit.csv").toString();
    }
}
