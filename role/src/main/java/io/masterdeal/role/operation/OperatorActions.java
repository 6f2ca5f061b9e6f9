package io.masterdeal.role.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code operator_actions}: what operators did, and why. */
public final class OperatorActions {

    /** The reason that is kept if none is given. */
    public static final String NOT_GIVEN = "not given";

    /** The most rows looked at for one page, however rare those are that are asked for. */
    static final int MOST_LOOKED_AT = 2000;

    private final Columns columns;

    /**
     * @param columns as the role's table has them
     */
    public OperatorActions(Columns columns) {
        this.columns = columns;
    }

    /**
     * The names of columns, which differ between the roles.
     *
     * @param actedBy the person
     * @param actedAt when
     * @param items how many things it concerned
     */
    public record Columns(String actedBy, String actedAt, String items) {}

    /**
     * What an operator does.
     *
     * @param action such as {@code redrive}
     * @param selection as JSON: what it is asked for
     * @param reason why
     * @param actor who
     */
    public record Deed(String action, JsonNode selection, String reason, Actor actor) {

        /** Something that is asked for as a whole. */
        public static Deed of(String action, @Nullable String reason, Actor actor) {
            return new Deed(
                    action,
                    JsonMapper.shared().createObjectNode(),
                    reason == null || reason.isBlank() ? NOT_GIVEN : reason.strip(),
                    actor);
        }
    }

    /** An action in the API. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OperatorAction")
    public record View(
            @Schema(description = "Its number in this role") long id,

            @Schema(description = "What was done, such as redrive or rebuild")
            String action,

            @Schema(description = "What it was asked for") JsonNode selection,

            @Schema(description = "Why, as the operator said; 'not given' if nothing was said")
            String reason,

            @Schema(description = "The person, or the principal if no person was named") @JsonProperty("acted_by")
            String actedBy,

            @Schema(description = "The owner of the key that was used; absent if that was not kept yet") @Nullable
            String principal,

            @Schema(description = "When, UTC") @JsonProperty("acted_at")
            String actedAt,

            @Schema(description = "How many things it concerned, so far if its operation is not at its end")
            long items,

            @Schema(description = "The operation that has the result of each item; absent if there is none") @Nullable
            String operation) {}

    /**
     * Which actions are asked for.
     *
     * @param from the first instant; null for all
     * @param to the instant after the last; null for all
     * @param actor the person or the principal; null for all
     * @param action null for all
     * @param before only those before this place; null for the latest
     */
    public record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String actor,
            @Nullable String action,
            @Nullable Place before) {}

    /**
     * A place in the list.
     *
     * @param micros since 1970
     * @param id of the action
     */
    public record Place(long micros, long id) {}

    /**
     * A part of the list.
     *
     * @param items the latest first; may be fewer than were wanted although more follow
     * @param next where the next part begins; null if nothing follows
     */
    public record Found(List<View> items, @Nullable Place next) {}

    /** Keeps what an operator does, in the transaction that does it. */
    public void note(Sql sql, Deed deed, long items, @Nullable UUID operation) throws SQLException {
        sql.update(
                "INSERT INTO operator_actions (action, selection, reason, " + columns.actedBy() + ", principal, "
                        + columns.items() + ", operation) VALUES (?, ?::jsonb, ?, ?, ?, ?, ?)",
                deed.action(),
                deed.selection().toString(),
                deed.reason(),
                deed.actor().name(),
                deed.actor().principal(),
                items,
                operation);
    }

    /** Keeps how many things an operation has concerned so far. */
    void count(Sql sql, UUID operation, long items) throws SQLException {
        sql.update("UPDATE operator_actions SET " + columns.items() + " = ? WHERE operation = ?", items, operation);
    }

    /**
     * Some actions, the latest first.
     *
     * @param limit how many at most, fewer than {@value #MOST_LOOKED_AT}
     */
    public Found list(Sql sql, Filter filter, int limit) throws SQLException {
        String at = columns.actedAt();
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder range = new StringBuilder("true");
        if (filter.from() != null) {
            range.append(" AND ").append(at).append(" >= ?");
            values.add(filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            range.append(" AND ").append(at).append(" < ?");
            values.add(filter.to().atOffset(ZoneOffset.UTC));
        }
        if (filter.before() != null) {
            range.append(" AND (").append(at).append(", id) < (timestamptz 'epoch' + ? * interval '1 microsecond', ?)");
            values.add(filter.before().micros());
            values.add(filter.before().id());
        }
        String statement =
                "SELECT id, action, selection::text, reason, " + columns.actedBy() + ", principal, " + at + ", "
                        + columns.items() + ", operation FROM operator_actions WHERE " + range + " ORDER BY " + at
                        + " DESC, id DESC LIMIT " + MOST_LOOKED_AT;
        List<View> found = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        int[] lookedAt = {0};
        Place[] last = new Place[1];
        sql.read(
                statement,
                limit + 1,
                row -> {
                    lookedAt[0]++;
                    View view = view(row);
                    last[0] = place(row);
                    if (fits(view, filter)) {
                        found.add(view);
                        places.add(place(row));
                    }
                    return found.size() <= limit;
                },
                values.toArray());
        if (found.size() > limit) {
            return new Found(found.subList(0, limit), places.get(limit - 1));
        }
        return new Found(found, lookedAt[0] == MOST_LOOKED_AT ? last[0] : null);
    }

    private static boolean fits(View view, Filter filter) {
        return (filter.action() == null || filter.action().equals(view.action()))
                && (filter.actor() == null
                        || filter.actor().equals(view.actedBy())
                        || filter.actor().equals(view.principal()));
    }

    private static Place place(ResultSet row) throws SQLException {
        Instant at = at(row);
        return new Place(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000, row.getLong(1));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject(7, OffsetDateTime.class).toInstant();
    }

    private static View view(ResultSet row) throws SQLException {
        return new View(
                row.getLong(1),
                row.getString(2),
                JsonMapper.shared().readTree(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Times.text(at(row)),
                row.getLong(8),
                row.getString(9));
    }
}
