package io.masterdeal.service.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.sla.ArrivalReport.ReceivedFact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads when the facts of a deal were received. */
@Component
class ArrivalQueries {

    /**
     * The facts of the deal's objects, and those of other roots that link to its root: such a link is not followed, but makes the root
     * known. OFFSET 0 has the facts of each object looked up by the index.
     */
    private static final String FACTS = """
            SELECT f.subject, f.occurred_at, f.received_at, f.links, f.master_deal_id FROM placements p CROSS JOIN LATERAL
                (SELECT * FROM facts WHERE subject = p.object_key AND NOT retracted OFFSET 0) AS f
            WHERE p.deal_id = :deal
            UNION ALL
            SELECT f.subject, f.occurred_at, f.received_at, f.links, f.master_deal_id
            FROM deals d JOIN links l ON l.parent = d.root_key CROSS JOIN LATERAL
                (SELECT * FROM facts WHERE subject = l.child AND NOT retracted AND l.parent = ANY (links) OFFSET 0) AS f
            WHERE d.id = :deal AND NOT l.followed AND l.child <> d.root_key
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    private final int mostFacts;

    @Autowired
    ArrivalQueries(Readers readers) {
        this(readers, SlaQueries.MOST_FACTS);
    }

    ArrivalQueries(Readers readers, int mostFacts) {
        this.jdbc = readers.jdbc();
        this.mostFacts = mostFacts;
    }

    /**
     * A deal with its report.
     *
     * @param root the key of the deal
     * @param answeredAt when its answer was computed last
     */
    record DealArrival(UUID id, ObjectKey root, Instant answeredAt, ArrivalReport report) {}

    /**
     * The report of one deal.
     *
     * @param id of the deal, which exists
     * @throws Problem if it has too many facts
     */
    DealArrival report(UUID id) {
        List<ReceivedFact> facts = jdbc.sql(FACTS)
                .param("deal", id)
                .param("limit", mostFacts + 1)
                .query((row, _) -> fact(row))
                .list();
        if (facts.size() > mostFacts) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too many facts",
                    "When facts arrived is reported for deals of at most " + mostFacts + " facts; this one has more.");
        }
        // After the facts: an answer that was computed from them meanwhile is not missed.
        return jdbc.sql("SELECT root_key, updated_at FROM deals WHERE id = :deal")
                .param("deal", id)
                .query((row, _) -> {
                    ObjectKey root = new ObjectKey(row.getString("root_key"));
                    return new DealArrival(id, root, instant(row, "updated_at"), ArrivalReport.of(root, id, facts));
                })
                .single();
    }

    private static ReceivedFact fact(ResultSet row) throws SQLException {
        return new ReceivedFact(
                new ObjectKey(row.getString("subject")),
                instant(row, "occurred_at"),
                instant(row, "received_at"),
                Arrays.stream((String[]) row.getArray("links").getArray())
                        .map(ObjectKey::new)
                        .toList(),
                row.getObject("master_deal_id", UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
