package io.masterdeal.benchmarks.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.benchmarks.platform.MeasuredPlatform;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording also keeps changes that the usual workload does not make. */
class RecordingTest {

    private static final String DEAL = "00000000-0000-4000-8000-00000000000";

    private static final String LONG_STATE =
            "(SELECT decode(string_agg(md5(i::text), ''), 'hex') FROM generate_series(1, 600) i)";

    @TempDir
    private Path directory;

    @Test
    void rows_that_changed_moved_or_went_are_written_again_as_they_were() throws Exception {
        try (MeasuredPlatform platform = MeasuredPlatform.start()) {
            // given
            platform.makeTables();
            WalRecorder recorder = WalRecorder.begin(platform);
            Recording recording;
            try (Connection connection = platform.connect();
                    Statement sql = connection.createStatement()) {
                connection.setSchema("service");
                // A state too long for its row, which later updates do not repeat.
                sql.execute("INSERT INTO deals (id, root_key, state) VALUES ('%s1', 'a''b', %s), ('%s2', NULL, '')"
                        .formatted(DEAL, LONG_STATE, DEAL));
                sql.execute("UPDATE deals SET revision = revision + 1");
                transaction(
                        connection,
                        "UPDATE deals SET stage = 'x', gaps = '{\"a b\",\"c,\\\"d\"}'",
                        "UPDATE deals SET revision = revision + 1",
                        "INSERT INTO deals (id) VALUES ('%s3')".formatted(DEAL),
                        "UPDATE deals SET known = true WHERE id = '%s3'".formatted(DEAL));
                sql.execute(
                        "INSERT INTO placements SELECT 'o' || i, '%s1' FROM generate_series(1, 5) i".formatted(DEAL));
                sql.execute("DELETE FROM placements WHERE object_key = 'o2'");
                sql.execute("UPDATE placements SET object_key = 'moved' WHERE object_key = 'o3'");
                transaction(
                        connection,
                        "DELETE FROM placements WHERE object_key = 'o4'",
                        "INSERT INTO placements VALUES ('o4', '%s2')".formatted(DEAL),
                        "INSERT INTO placements VALUES ('brief', '%s2')".formatted(DEAL),
                        "DELETE FROM placements WHERE object_key = 'brief'");
                transaction(
                        connection,
                        "INSERT INTO objects VALUES ('kept')",
                        "SELECT pg_logical_emit_message(true, 'other', 'x')");
                rollback(connection, "INSERT INTO objects VALUES ('never')");

                // when
                recording = recorder.finish(directory);
                EndState before = recording.endState(platform);
                List<String> rows = placements(connection);
                sql.execute("TRUNCATE deals, placements, objects");
                try (RecordingReplay replay = new RecordingReplay(recording, EventSource.NONE, _ -> {})) {
                    replay.add(platform.connect());
                    replay.run(true);
                }

                // then
                assertThat(placements(connection))
                        .isEqualTo(rows)
                        .contains("moved", "o4")
                        .doesNotContain("o2", "brief");
                assertThat(recording.endState(platform)).isEqualTo(before);
                assertThat(before.tables().get("deals")).startsWith("3 rows");
                assertThat(recording.messages()).isZero();
            }
        }
    }

    private static void transaction(Connection connection, String... statements) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            for (String each : statements) {
                sql.execute(each);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void rollback(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static List<String> placements(Connection connection) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT object_key FROM placements ORDER BY 1")) {
            while (row.next()) {
                keys.add(row.getString(1));
            }
        }
        return keys;
    }
}
