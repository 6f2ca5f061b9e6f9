package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Times;
import io.masterdeal.router.ledger.MessageCursor;
import io.swagger.v3.oas.annotations.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Refusals: events that the gateway refused, as their senders know. They are kept for reference, and need no action. */
@RestController
@RequestMapping("/refusals")
class RefusalController {

    private static final String SENDERS = "gateway/";

    private final Transactions transactions;

    RefusalController(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A refusal in the API.
     *
     * @param sender the owner of the key that was used
     * @param reason as a short code
     * @param detail in words
     * @param eventId null if the event has none
     * @param eventType null if the event has none
     */
    record View(
            long messageId,
            String at,
            String sender,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String eventId,
            @Nullable String eventType) {}

    /** The number of refusals of a sender with this reason. */
    record Count(String sender, @Nullable String reason, long count) {}

    /** A page of refusals, and the number of all selected ones by sender and reason. */
    record Listing(Page<View> page, List<Count> reasons) {}

    @Operation(summary = "Refused events of senders, the latest first, with a histogram of reasons")
    @GetMapping
    Listing list(
            @RequestParam(required = false) @Nullable String sender,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit)
            throws SQLException {
        Long before = MessageCursor.before(cursor);
        String of = Page.text(sender);
        String subject = of == null ? null : SENDERS + of;
        String code = Page.text(reason);
        String from = " FROM deliveries d JOIN messages m ON m.id = d.message_id AND m.accepted_at = d.accepted_at"
                + " WHERE d.state = 'refused' AND (?::text IS NULL OR m.subject = ?) AND (?::text IS NULL OR d.reason = ?)";
        return transactions.run(connection -> {
            Sql sql = new Sql(connection);
            List<View> found = sql.query(
                    "SELECT m.id, m.accepted_at, m.subject, d.reason, m.body" + from
                            + " AND d.message_id < ? ORDER BY d.message_id DESC LIMIT ?",
                    RefusalController::read,
                    subject,
                    subject,
                    code,
                    code,
                    before == null ? Long.MAX_VALUE : before,
                    Page.limit(limit) + 1);
            List<Count> reasons = sql.query(
                    "SELECT m.subject, d.reason, count(*)" + from + " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
                    row -> new Count(sender(row.getString(1)), row.getString(2), row.getLong(3)),
                    subject,
                    subject,
                    code,
                    code);
            return new Listing(MessageCursor.page(found, limit, View::messageId), reasons);
        });
    }

    private static String sender(String subject) {
        return subject.startsWith(SENDERS) ? subject.substring(SENDERS.length()) : subject;
    }

    private static View read(ResultSet row) throws SQLException {
        byte[] body = row.getBytes(5);
        JsonNode data = JsonMapper.shared()
                .readTree(body == null ? new byte[] {'{', '}'} : body)
                .path("data");
        return new View(
                row.getLong(1),
                Times.text(row.getObject(2, OffsetDateTime.class).toInstant()),
                sender(row.getString(3)),
                row.getString(4),
                text(data, "detail"),
                text(data, "event_id"),
                text(data, "event_type"));
    }

    private static @Nullable String text(JsonNode data, String field) {
        return data.path(field).isString() ? data.path(field).stringValue() : null;
    }
}
