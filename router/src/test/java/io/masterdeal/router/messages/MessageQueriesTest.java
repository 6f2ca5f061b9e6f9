package io.masterdeal.router.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.role.database.Sql;
import io.masterdeal.router.messages.MessageQueries.MessageView;
import io.masterdeal.router.messages.MessageQueries.Search;
import io.masterdeal.router.servers.LedgerDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches of messages without a router. */
class MessageQueriesTest {

    private static LedgerDatabase database;

    private static MessageQueries queries;

    private static OffsetDateTime today;

    @BeforeAll
    static void fill() throws SQLException {
        database = new LedgerDatabase("messages");
        today = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        database.addDay(today);
        database.update(
                "INSERT INTO messages (id, accepted_at, topic, partition, \"offset\", event_id, type, subject, occurred_at, causes)"
                        + " SELECT i, ?::timestamptz + i * interval '1 second', 'docflow.events', 0, i, gen_random_uuid(),"
                        + " 'docflow.contract.signed', 'docflow:contract:K-' || i % 1000, ?::timestamptz,"
                        + " ARRAY['11111111-1111-4111-8111-111111111111'::uuid] FROM generate_series(1, 5000) AS i",
                today, today);
        database.update("ANALYZE");
        queries = new MessageQueries(database.transactions());
        wholeReads(); // So that the reads of making the indexes are counted before the tests.
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Search about(String subject, @Nullable Instant since, @Nullable Instant until) {
        return new Search(null, null, null, null, null, null, subject, since, until, null, 100);
    }

    @Test
    void messages_of_an_object_are_found_by_an_index_the_latest_first() throws SQLException {
        // given
        long before = wholeReads();

        // when
        var found = queries.find(about("docflow:contract:K-7", null, null));

        // then
        assertThat(found).extracting(MessageView::id).containsExactly(4007L, 3007L, 2007L, 1007L, 7L);
        assertThat(found.getFirst().causes()).containsExactly("11111111-1111-4111-8111-111111111111");
        assertThat(found.getFirst().occurredAt()).startsWith(today.toLocalDate().toString());
        assertThat(wholeReads()).isEqualTo(before);
    }

    @Test
    void a_period_includes_its_beginning_and_not_its_end() throws SQLException {
        // given
        Instant since = today.plusSeconds(1007).toInstant();
        Instant until = today.plusSeconds(3007).toInstant();

        // when
        var found = queries.find(about("docflow:contract:K-7", since, until));

        // then
        assertThat(found).extracting(MessageView::id).containsExactly(2007L, 1007L);
    }

    /** How often the messages were read whole. */
    private static long wholeReads() throws SQLException {
        return database.transactions().run(connection -> {
            Sql sql = new Sql(connection);
            sql.query("SELECT pg_stat_force_next_flush()", row -> 0);
            return sql.query(
                            "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname ~ '^messages_'",
                            row -> row.getLong(1))
                    .getFirst();
        });
    }
}
