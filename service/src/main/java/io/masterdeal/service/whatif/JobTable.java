package io.masterdeal.service.whatif;

import io.masterdeal.facts.whatif.ChangedDeal;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes jobs and what they find, over the connection that holds the {@link JobLock}. */
final class JobTable {

    private static final int DELETED_AT_ONCE = 10_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Connection connection;

    private final Sql sql;

    /**
     * @param connection in auto-commit mode
     */
    JobTable(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    /** Says of jobs whose process has ended that they were interrupted. */
    void endOthers() throws SQLException {
        sql.update("UPDATE what_if_jobs SET state = 'interrupted' WHERE state = 'running'");
    }

    void begin(UUID id, JobRequest request, long total) throws SQLException {
        sql.update(
                "INSERT INTO what_if_jobs (id, rule_set, identity, content, compared, stage, outcome, asked_by, state, total)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)",
                id,
                request.tried().rules().label(),
                request.tried().rules().identity(),
                request.tried().text(),
                request.present().identity(),
                request.filter().stage(),
                request.filter().outcome(),
                request.askedBy(),
                total);
    }

    /**
     * Adds what was found in a chunk.
     *
     * @param done how many deals were looked at so far
     * @return whether an operator wishes the job to stop
     */
    boolean add(UUID id, List<ChangedDeal> changes, long done) throws SQLException {
        return Transactions.runOnce(connection, it -> {
            if (!changes.isEmpty()) {
                new Sql(it)
                        .update(
                                "INSERT INTO what_if_changes (job_id, deal_id, change)"
                                        + " SELECT job_id, deal_id, change::jsonb FROM unnest(?, ?, ?) AS t (job_id, deal_id, change)",
                                new Sql.Uuids(Collections.nCopies(changes.size(), id)),
                                new Sql.Uuids(
                                        changes.stream().map(ChangedDeal::id).toList()),
                                new Sql.Texts(changes.stream()
                                        .map(change -> JSON.writeValueAsString(ChangeView.of(change)))
                                        .toList()));
            }
            return new Sql(it)
                    .query(
                            "UPDATE what_if_jobs SET done = ? WHERE id = ? RETURNING stop",
                            row -> row.getBoolean(1),
                            done,
                            id)
                    .getFirst();
        });
    }

    void end(UUID id, String state, @Nullable ReportView report, @Nullable String failure) throws SQLException {
        sql.update(
                "UPDATE what_if_jobs SET state = ?, report = ?::jsonb, failure = ?, ended_at = now() WHERE id = ?",
                state,
                report == null ? null : JSON.writeValueAsString(report),
                failure,
                id);
    }

    /** Deletes what is older than a week, a little at a time. */
    void deleteOld() throws SQLException {
        List<UUID> old = sql.query(
                "SELECT id FROM what_if_jobs WHERE started_at < now() - interval '7 days' ORDER BY started_at LIMIT 100",
                row -> row.getObject(1, UUID.class));
        for (UUID id : old) {
            int deleted;
            do {
                deleted = sql.update(
                        "DELETE FROM what_if_changes WHERE job_id = ? AND deal_id = ANY (ARRAY ("
                                + "SELECT deal_id FROM what_if_changes WHERE job_id = ? ORDER BY deal_id LIMIT ?))",
                        id,
                        id,
                        DELETED_AT_ONCE);
            } while (deleted > 0);
            sql.update("DELETE FROM what_if_jobs WHERE id = ?", id);
        }
    }
}
