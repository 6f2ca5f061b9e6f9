package io.masterdeal.router.deadletter;

import io.masterdeal.role.http.Times;
import io.masterdeal.router.subscription.Redaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dead letter in the API. */
record DeadLetterView(
        long messageId,
        String eventId,
        String type,
        String subject,
        @Nullable String masterDealId,
        @Nullable String correlationId,
        String subscription,
        String state,
        @Nullable String reason,
        int attempts,
        int replay,
        String changedAt,
        @Nullable JsonNode tries) {

    /** What {@link #read} reads. */
    static final String COLUMNS =
            "d.message_id, m.event_id, m.type, m.subject, m.master_deal_id, m.correlation_id, s.name, d.state,"
                    + " d.reason, d.attempts, d.replay, d.changed_at, d.tries::text";

    static DeadLetterView read(ResultSet row) throws SQLException {
        String tries = row.getString(13);
        return new DeadLetterView(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getInt(11),
                Times.text(row.getObject(12, OffsetDateTime.class).toInstant()),
                tries == null ? null : JsonMapper.shared().readTree(tries));
    }

    DeadLetterView shownTo(String caller) {
        return new DeadLetterView(
                messageId,
                eventId,
                type,
                subject,
                masterDealId,
                correlationId,
                subscription,
                state,
                reason,
                attempts,
                replay,
                changedAt,
                tries == null ? null : Redaction.attempts(tries, caller));
    }
}
