package io.masterdeal.console.board;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the intake reads, if no other process does. When this process begins to, or PostgreSQL was away, the topic is read again from
 * where the stored board is, so that nothing is missing there. Only for the intake's thread.
 */
final class BoardWriter {

    private static final Logger log = LoggerFactory.getLogger(BoardWriter.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    /** When the trend is counted again, UTC. */
    private static final LocalTime NIGHT = LocalTime.of(1, 0);

    private final BoardStore store;
    private final ColumnBoard board;
    private final BoardFill fill;
    private final Clock clock;
    private final IntConsumer differences;
    private Instant nextTry = Instant.EPOCH;
    private Instant nextRecount;
    private Map<Integer, Long> written = Map.of();

    /**
     * @param differences is told how many counts of the trend a recount found wrong
     */
    BoardWriter(BoardStore store, ColumnBoard board, BoardFill fill, Clock clock, IntConsumer differences) {
        this.store = store;
        this.board = board;
        this.fill = fill;
        this.clock = clock;
        this.differences = differences;
        this.nextRecount = night(clock.instant());
    }

    private static Instant night(Instant after) {
        ZonedDateTime today = after.atZone(ZoneOffset.UTC).with(NIGHT);
        return (today.toInstant().isAfter(after) ? today : today.plusDays(1)).toInstant();
    }

    /** Loads the stored board. */
    Optional<Position> load(ColumnBoard into) throws SQLException {
        return store.load(into::take);
    }

    /** Tries to become the process that stores, now and then; counts the trend again once a night. */
    void step(TopicView topic) {
        Instant now = clock.instant();
        if (!store.isHeld() && !now.isBefore(nextTry)) {
            nextTry = now.plus(BETWEEN_TRIES);
            try {
                if (store.acquire()) {
                    begin(topic);
                }
            } catch (SQLException e) {
                lose("begin to store the board", e);
            }
        }
        if (!now.isBefore(nextRecount)) {
            nextRecount = night(now);
            recount();
        }
    }

    private void begin(TopicView topic) throws SQLException {
        StartPoint stored = StartPoint.of(store.position(), topic.id(), topic.begins(), topic.ends());
        if (stored.fresh()) {
            store.begin(topic.id(), stored.complete());
        }
        Map<Integer, Long> earlier = new HashMap<>(topic.positions());
        stored.next().forEach((partition, offset) -> earlier.merge(partition, offset, Math::min));
        topic.seek(earlier);
        written = Map.of();
        if (!stored.complete()) {
            fill.begin();
        }
        log.info("this process stores the board now, from {}", earlier);
    }

    /** Stores what was read, with how far. */
    void write(List<CardReader.Read> reads, Map<Integer, Long> next) {
        if (!store.isHeld() || (reads.isEmpty() && next.equals(written))) {
            return;
        }
        try {
            store.write(reads, next);
            written = next;
        } catch (SQLException e) {
            lose("store the board", e);
        }
    }

    private void recount() {
        tell("in memory", board.recount());
        if (store.isHeld()) {
            try {
                tell("in PostgreSQL", store.recount());
            } catch (SQLException e) {
                lose("count the trend again", e);
            }
        }
    }

    private void tell(String where, int wrong) {
        differences.accept(wrong);
        if (wrong > 0) {
            log.error("{} counts of the trend {} were not what the deals give; they are right now", wrong, where);
        }
    }

    private void lose(String what, SQLException why) {
        log.warn("cannot {}, tried again in {} s: {}", what, BETWEEN_TRIES.toSeconds(), why.getMessage());
        nextTry = clock.instant().plus(BETWEEN_TRIES);
        store.release();
    }

    /** Lets another process store. */
    void release() {
        store.release();
        nextTry = Instant.EPOCH;
    }
}
