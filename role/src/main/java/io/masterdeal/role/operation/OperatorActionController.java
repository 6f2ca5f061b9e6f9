package io.masterdeal.role.operation;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.operation.OperatorActions.Filter;
import io.masterdeal.role.operation.OperatorActions.Found;
import io.masterdeal.role.operation.OperatorActions.Place;
import io.masterdeal.role.operation.OperatorActions.View;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators did in this role, and why; in each role the same. */
@RestController
class OperatorActionController {

    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Transactions transactions;

    private final OperatorActions actions;

    OperatorActionController(OperationParts parts) {
        this.transactions = parts.transactions();
        this.actions = parts.actions();
    }

    @Operation(
            summary = "What operators did in this role, and why, the latest first",
            description =
                    "A page looks at 2,000 actions at most: it may have fewer items than asked for although more follow.")
    @GetMapping("/operator-actions")
    Page<View> list(
            @Parameter(description = "Only what was done from this instant on, RFC 3339")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "Only what was done before this instant, RFC 3339")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = "Only what this person did, or what was done with the key of this principal")
                    @RequestParam(required = false)
                    @Nullable
                    String actor,
            @Parameter(description = "Only this action, such as redrive") @RequestParam(required = false) @Nullable
                    String action,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Actions a page, at most 1000") @RequestParam(defaultValue = "100") int limit)
            throws SQLException {
        Filter filter = new Filter(
                instant("from", from), instant("to", to), Page.text(actor), Page.text(action), place(cursor));
        int most = Page.limit(limit);
        Found found = transactions.runByKeys(connection -> actions.list(new Sql(connection), filter, most));
        Place next = found.next();
        return Page.until(found.items(), next == null ? null : next.micros() + "/" + next.id());
    }

    private static @Nullable Place place(@Nullable String cursor) {
        String after = Page.after(cursor);
        if (after == null) {
            return null;
        }
        if (!after.matches("\\d{1,17}/\\d{1,18}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.");
        }
        String[] parts = after.split("/", 2);
        return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw wrong(name, e);
        }
        throw wrong(name, null);
    }

    private static Problem wrong(String name, @Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not an instant",
                "'" + name
                        + "' is an instant like 2026-04-06T09:00:00Z, from 1970 to 2199. A '+' in it has to be written"
                        + " as %2B.",
                cause);
    }
}
