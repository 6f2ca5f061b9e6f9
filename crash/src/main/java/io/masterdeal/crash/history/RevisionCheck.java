package io.masterdeal.crash.history;

import io.masterdeal.crash.history.Contradiction.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the rows that the database keeps of what was published with the topic: each event has its row, and each row its event. */
final class RevisionCheck {

    private static final String TABLE = "the table deal_revisions";

    private final History history;

    RevisionCheck(History history) {
        this.history = history;
    }

    private record Name(String root, long revision) {}

    /** Returns the first contradiction; null if there is none. */
    @Nullable
    Contradiction run() {
        Map<Name, StoredRevision> rows = new HashMap<>();
        history.revisions().forEach(row -> rows.put(new Name(row.root(), row.revision()), row));
        Map<Name, Published> published = new HashMap<>();
        for (Published event : history.topic()) {
            Name name = new Name(event.root(), event.revision());
            published.put(name, event);
            StoredRevision row = rows.get(name);
            String said = said(event);
            if (row == null || !row.said().equals(said)) {
                return new Contradiction(
                        row == null ? Kind.REVISION_UNRECORDED : Kind.RECORD_DIFFERS,
                        event.root(),
                        event.revision(),
                        event.place(),
                        "the event is " + said,
                        TABLE + (row == null ? " has no row of it" : " says " + row.said()));
            }
        }
        return history.revisions().stream()
                .filter(row -> !history.slotLost() && !published.containsKey(new Name(row.root(), row.revision())))
                .findFirst()
                .map(row -> new Contradiction(
                        Kind.RECORD_UNPUBLISHED,
                        row.root(),
                        row.revision(),
                        TABLE,
                        "there is a row that says " + row.said(),
                        "the topic has no such event"))
                .orElse(null);
    }

    static String said(Published event) {
        return StoredRevision.said(
                event.envelope().type(),
                event.data().path("stage").stringValue(""),
                event.data().path("outcome").stringValue(""),
                event.data().path("cause_total").longValue(0));
    }
}
