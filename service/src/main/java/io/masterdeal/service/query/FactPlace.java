package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A fact's place in time among those of a deal.
 *
 * @param occurredAt when it happened, UTC
 * @param eventId its event
 * @param hash of its content, in hexadecimal digits: two facts of one event id differ only in this
 */
record FactPlace(Instant occurredAt, UUID eventId, String hash) {

    /** PostgreSQL knows more years; no event is of a later one. */
    private static final int LAST_YEAR = 9999;

    /** The place of a row of {@code facts}, with {@code content_hash} as {@code hash}. */
    static FactPlace of(ResultSet row) throws SQLException {
        return new FactPlace(
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("event_id", UUID.class),
                row.getString("hash"));
    }

    /**
     * What a cursor is made of.
     *
     * @param order of the list
     */
    String text(String order) {
        return order + "/" + occurredAt + "/" + eventId + "/" + hash;
    }

    /**
     * Reads a cursor.
     *
     * @return null for the first page
     * @throws Problem if it is no cursor, or one of a list in another order
     */
    static @Nullable FactPlace read(@Nullable String cursor, String order) {
        String text = Page.after(cursor);
        if (text == null) {
            return null;
        }
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 4 && parts[0].equals(order)) {
                HexFormat.of().parseHex(parts[3]);
                OffsetDateTime occurredAt = OffsetDateTime.parse(parts[1]);
                if (occurredAt.getYear() > 0 && occurredAt.getYear() <= LAST_YEAR) {
                    return new FactPlace(occurredAt.toInstant(), UUID.fromString(parts[2]), parts[3]);
                }
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private static Problem wrong(@Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a cursor",
                "Give the value of 'next' of a page as it is, with the same 'order'.",
                cause);
    }
}
