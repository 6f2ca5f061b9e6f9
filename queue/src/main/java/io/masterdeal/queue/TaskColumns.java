package io.masterdeal.queue;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The columns of a task in both tables. The payload is bytes because a text of PostgreSQL cannot hold every Java string. */
final class TaskColumns {

    /** In the order of {@link #values}. */
    static final String NAMES = "task_id, type, payload, header_names, header_values";

    private TaskColumns() {}

    static List<Object> values(Task task) {
        List<String> names = new ArrayList<>(task.headers().keySet());
        return List.of(
                task.id(),
                task.type(),
                task.payload().getBytes(StandardCharsets.UTF_8),
                names.toArray(String[]::new),
                names.stream().map(task.headers()::get).toArray(String[]::new));
    }

    static Task read(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("header_names").getArray();
        String[] values = (String[]) row.getArray("header_values").getArray();
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            headers.put(names[i], values[i]);
        }
        return new Task(
                row.getObject("task_id", UUID.class),
                row.getString("type"),
                new String(row.getBytes("payload"), StandardCharsets.UTF_8),
                headers);
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
