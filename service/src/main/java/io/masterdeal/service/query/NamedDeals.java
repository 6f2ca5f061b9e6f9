package io.masterdeal.service.query;

import io.masterdeal.role.database.Readers;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the rows of the deals that a caller names, without their answers. */
@Component
class NamedDeals {

    private static final String COLUMNS = "SELECT id, known, revision FROM deals WHERE ";

    private final JdbcClient jdbc;

    private final DealNames names;

    NamedDeals(Readers readers, DealNames names) {
        this.jdbc = readers.jdbc();
        this.names = names;
    }

    /**
     * A row.
     *
     * @param known whether a fact names the deal, as its subject or in a link
     * @param revision the newest that is stored; 0 if none was published
     */
    record Row(UUID id, boolean known, long revision) {}

    /**
     * The deals of an id or of an object key, those that are known first, and at most two of them.
     *
     * @return one for an id or a root that has a row; any number for another object
     */
    List<Row> find(String idOrKey) {
        try {
            return read(jdbc.sql(COLUMNS + "id = ?").param(UUID.fromString(idOrKey)));
        } catch (IllegalArgumentException e) {
            return read(
                    jdbc.sql(COLUMNS + "id = ANY (" + DealConditions.OF_OBJECT + ") ORDER BY known DESC, id LIMIT 2")
                            .param("object", idOrKey));
        }
    }

    private static List<Row> read(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, _) ->
                        new Row(row.getObject("id", UUID.class), row.getBoolean("known"), row.getLong("revision")))
                .list();
    }

    /**
     * The id of the one deal that is named.
     *
     * @throws io.masterdeal.role.http.Problem if there is none, or more than one
     */
    UUID only(String idOrKey) {
        List<Row> known = find(idOrKey).stream().filter(Row::known).toList();
        return known.size() == 1 ? known.getFirst().id() : names.only(idOrKey);
    }
}
