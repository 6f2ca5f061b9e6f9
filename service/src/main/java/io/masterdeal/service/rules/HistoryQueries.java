package io.masterdeal.service.rules;

import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.rules.RulesView.HistoryView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads which rule sets were in use. */
@Component
class HistoryQueries {

    private static final int MOST = 100;

    private final JdbcClient jdbc;

    HistoryQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * An entry with the text of its rule set.
     *
     * @param content the file as it was read
     */
    record Past(HistoryView entry, String content) {}

    /** The last ones, the newest first. */
    List<HistoryView> latest() {
        return jdbc.sql("SELECT id, identity, active_from FROM rule_set_history ORDER BY id DESC LIMIT " + MOST)
                .query((row, _) -> entry(row))
                .list();
    }

    /** One of any age. */
    Optional<Past> find(long id) {
        return jdbc.sql("SELECT id, identity, active_from, content FROM rule_set_history WHERE id = ?")
                .param(id)
                .query((row, _) -> new Past(entry(row), row.getString("content")))
                .optional();
    }

    private static HistoryView entry(ResultSet row) throws SQLException {
        return new HistoryView(
                row.getLong("id"),
                row.getString("identity"),
                Times.text(row.getObject("active_from", OffsetDateTime.class).toInstant()));
    }
}
