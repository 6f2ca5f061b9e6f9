package io.masterdeal.service.sla;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A clock's place in a list.
 *
 * @param time by which the list is ordered; null for a list in the order of keys
 * @param root the key of its deal
 * @param policy its policy
 * @param object its object, empty for a clock of the deal
 */
record ClockPlace(@Nullable Instant time, String root, String policy, String object) {

    /** The place of a row. */
    static ClockPlace of(ResultSet row, ClockOrder order) throws SQLException {
        String column = order.time();
        return new ClockPlace(
                column == null
                        ? null
                        : row.getObject(column, OffsetDateTime.class).toInstant(),
                row.getString("root_key"),
                row.getString("policy"),
                row.getString("object"));
    }

    /** What a cursor is made of. */
    String text(ClockOrder order) {
        return JsonMapper.shared()
                .writeValueAsString(List.of(order.name(), time == null ? "" : time.toString(), root, policy, object));
    }

    /**
     * Reads a cursor.
     *
     * @return null for the first page
     * @throws Problem if it is no cursor, or one of a list in another order
     */
    static @Nullable ClockPlace read(@Nullable String cursor, ClockOrder order) {
        String text = Page.after(cursor);
        if (text == null) {
            return null;
        }
        try {
            List<String> parts = new ArrayList<>();
            JsonMapper.shared().readTree(text).forEach(part -> parts.add(Page.text(part.stringValue(""))));
            if (parts.size() == 5 && parts.getFirst().equals(order.name())) {
                return new ClockPlace(
                        order.time() == null ? null : Instant.parse(parts.get(1)),
                        parts.get(2),
                        parts.get(3),
                        parts.get(4));
            }
        } catch (JacksonException | DateTimeException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private static Problem wrong(@Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a cursor",
                "Give the value of 'next' of a page as it is, with the same parameters.",
                cause);
    }

    /** Adds the parameters of {@link ClockOrder#following}. */
    void addTo(Map<String, Object> parameters) {
        if (time != null) {
            parameters.put("time", time.atOffset(ZoneOffset.UTC));
        }
        parameters.put("root", root);
        parameters.put("policy", policy);
        parameters.put("object", object);
    }
}
