package io.masterdeal.service.query;

import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.publish.CanonicalEvents;
import io.masterdeal.service.query.RevisionsView.AboutView;
import io.masterdeal.service.query.RevisionsView.RevisionView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what was published of a deal. */
@Component
class RevisionQueries {

    private final JdbcClient jdbc;

    RevisionQueries(Readers readers) {
        this.jdbc = readers.jdbc();
    }

    /**
     * Revisions of a deal, the newest first.
     *
     * @param before only those before this one; null for the first page
     */
    RevisionsView of(UUID deal, @Nullable Long before, int limit) {
        Long first = jdbc.sql("SELECT revision FROM deal_revisions WHERE deal_id = ? ORDER BY revision LIMIT 1")
                .param(deal)
                .query(Long.class)
                .optional()
                .orElse(null);
        List<RevisionView> found = jdbc.sql("SELECT * FROM deal_revisions WHERE deal_id = ? AND revision < ?"
                        + " ORDER BY revision DESC LIMIT ?")
                .params(deal, before == null ? Long.MAX_VALUE : before, limit + 1)
                .query((row, _) -> read(row))
                .list();
        Page<RevisionView> page = Page.of(found, limit, revision -> Long.toString(revision.revision()));
        return new RevisionsView(first, page.items(), page.next());
    }

    private static RevisionView read(ResultSet row) throws SQLException {
        String about = row.getString("about");
        long revision = row.getLong("revision");
        return new RevisionView(
                revision,
                Times.text(row.getObject("at", OffsetDateTime.class).toInstant()),
                row.getString("type"),
                CanonicalEvents.eventId(row.getObject("deal_id", UUID.class), row.getLong("epoch"), revision)
                        .toString(),
                row.getString("stage"),
                row.getString("outcome"),
                Arrays.asList((String[]) row.getArray("changed").getArray()),
                Arrays.stream((UUID[]) row.getArray("causes").getArray())
                        .map(UUID::toString)
                        .toList(),
                row.getInt("causes_total"),
                about == null ? null : JsonMapper.shared().readValue(about, AboutView.class));
    }
}
