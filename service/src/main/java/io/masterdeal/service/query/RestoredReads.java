package io.masterdeal.service.query;

import io.masterdeal.role.database.Readers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which records the intake has read again because PostgreSQL went back in time. Facts of these were received once before, and the time of
 * that is lost.
 */
@Component
class RestoredReads {

    private static final Pattern ORIGIN = Pattern.compile("(.+)@(\\d{1,18})");

    private static final int LATEST = 1000;

    private final JdbcClient jdbc;

    RestoredReads(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * A range of offsets that was read again.
     *
     * @param at when the intake found out, UTC; what is in the range was received later than that
     * @param partition topic and partition, as origins of facts have them
     * @param from the first offset
     * @param to the one after the last
     */
    record Range(Instant at, String partition, long from, long to) {

        /**
         * Whether a fact or retraction was received by reading this range again.
         *
         * @param origin where it was read
         */
        boolean has(String origin, Instant receivedAt) {
            Matcher place = ORIGIN.matcher(origin);
            if (!place.matches() || !place.group(1).equals(partition) || receivedAt.isBefore(at)) {
                return false;
            }
            long offset = Long.parseLong(place.group(2));
            return offset >= from && offset < to;
        }
    }

    /** The latest thousand ranges. */
    List<Range> latest() {
        return jdbc.sql("SELECT at, topic || '-' || partition, from_offset, to_offset FROM intake_incidents"
                        + " WHERE from_offset IS NOT NULL AND to_offset IS NOT NULL ORDER BY id DESC LIMIT " + LATEST)
                .query((row, _) -> new Range(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4)))
                .list();
    }
}
