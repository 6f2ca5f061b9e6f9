package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A deal's place in a list.
 *
 * @param parts what it is sorted by, as PostgreSQL takes it: an instant or a number and the key of the root; or that key alone
 */
record DealPlace(List<Object> parts) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** A longer cursor is none of ours. */
    private static final int MOST_CHARACTERS = 10_000;

    /** The place of a row. */
    static DealPlace of(ResultSet row, DealSort sort) throws SQLException {
        return new DealPlace(
                switch (sort) {
                    case ROOT -> List.of(row.getString("place_root"));
                    case STAGE_SINCE ->
                        List.of(row.getObject("place_value", OffsetDateTime.class), row.getString("place_root"));
                    case AMOUNT -> List.of(row.getBigDecimal("place_value"), row.getString("place_root"));
                    case UPDATED ->
                        List.of(
                                row.getObject("place_value", OffsetDateTime.class),
                                row.getObject("deal_id", UUID.class),
                                row.getLong("place_revision"));
                });
    }

    /** What a cursor is made of. That of the usual order is the key of the root as it is. */
    String text(DealOrder order) {
        if (order.equals(DealOrder.BY_ROOT)) {
            return parts.getFirst().toString();
        }
        List<String> texts = new ArrayList<>();
        texts.add(order.text());
        for (Object part : parts) {
            texts.add(
                    switch (part) {
                        case OffsetDateTime at -> at.toInstant().toString();
                        case BigDecimal number -> number.toPlainString();
                        default -> part.toString();
                    });
        }
        return JsonMapper.shared().writeValueAsString(texts);
    }

    /**
     * Reads a cursor.
     *
     * @return null for the first page
     * @throws Problem if it is no cursor, or one of a list in another order
     */
    static @Nullable DealPlace read(@Nullable String cursor, DealOrder order) {
        String text = Page.after(cursor);
        if (text == null) {
            return null;
        }
        boolean listed = text.startsWith("[");
        if (text.length() > MOST_CHARACTERS || listed == order.equals(DealOrder.BY_ROOT)) {
            throw wrong(null);
        }
        if (!listed) {
            return new DealPlace(List.of(text));
        }
        try {
            List<String> texts = new ArrayList<>();
            JsonMapper.shared().readTree(text).forEach(part -> texts.add(Page.text(part.stringValue(""))));
            if (texts.size() == 1 + order.sort().columns().size()
                    && texts.getFirst().equals(order.text())) {
                return new DealPlace(parts(order.sort(), texts));
            }
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private static List<Object> parts(DealSort sort, List<String> texts) {
        return switch (sort) {
            case ROOT -> List.of(texts.get(1));
            case STAGE_SINCE -> List.of(instant(texts.get(1)), texts.get(2));
            case AMOUNT -> List.of(number(texts.get(1)), texts.get(2));
            case UPDATED -> List.of(instant(texts.get(1)), UUID.fromString(texts.get(2)), Long.parseLong(texts.get(3)));
        };
    }

    private static OffsetDateTime instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException("an instant that PostgreSQL does not store");
        }
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static BigDecimal number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return new BigDecimal(text);
    }

    private static Problem wrong(@Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a cursor",
                "Give the value of 'next' of a page as it is, with the same parameters.",
                cause);
    }

    /** Adds the parameters of {@link DealOrder#following}. */
    void addTo(Map<String, Object> parameters) {
        for (int i = 0; i < parts.size(); i++) {
            parameters.put("place" + i, parts.get(i));
        }
    }
}
