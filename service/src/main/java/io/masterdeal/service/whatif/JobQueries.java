package io.masterdeal.service.whatif;

import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads jobs, whichever process works on them. */
@Component
class JobQueries {

    private static final UUID FIRST = new UUID(0, 0);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    JobQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /** The job that runs; empty if none does. */
    Optional<String> running() {
        return jdbc.sql("SELECT id FROM what_if_jobs WHERE state = 'running' ORDER BY started_at DESC LIMIT 1")
                .query(String.class)
                .optional();
    }

    /** A job that is still kept. */
    Optional<JobView> find(UUID id) {
        Optional<JobView> job = read(id);
        if (job.isEmpty() || !job.get().isRunning() || JobLock.isHeld(jdbc)) {
            return job;
        }
        // It may have ended between the two looks; if not, nobody works on it.
        return read(id).map(it -> it.isRunning() ? it.interrupted() : it);
    }

    private Optional<JobView> read(UUID id) {
        return jdbc.sql("SELECT * FROM what_if_jobs WHERE id = ?")
                .param(id)
                .query((row, _) -> job(row))
                .optional();
    }

    private static JobView job(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        String report = row.getString("report");
        return new JobView(
                row.getString("id"),
                row.getString("state"),
                row.getString("rule_set"),
                label(row.getString("compared")),
                row.getString("stage"),
                row.getString("outcome"),
                row.getString("asked_by"),
                Times.text(row.getObject("started_at", OffsetDateTime.class).toInstant()),
                ended == null ? null : Times.text(ended.toInstant()),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("failure"),
                report == null ? null : JSON.readValue(report, ReportView.class));
    }

    private static String label(String identity) {
        int end = identity.indexOf('#');
        return end < 0 ? identity : identity.substring(0, end);
    }

    /**
     * The changed deals of a job in the order of their ids.
     *
     * @param after the id after which to go on; null for the beginning
     */
    List<ChangeView> changes(UUID job, @Nullable UUID after, int limit) {
        return jdbc.sql("SELECT change FROM what_if_changes WHERE job_id = :job AND deal_id > :after"
                        + " ORDER BY deal_id LIMIT :limit")
                .param("job", job)
                .param("after", after == null ? FIRST : after)
                .param("limit", limit)
                .query((row, _) -> JSON.readValue(row.getString(1), ChangeView.class))
                .list();
    }
}
