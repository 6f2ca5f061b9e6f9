package io.masterdeal.role.operation;

import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operations on many items: how far each is, and what became of each item; in each role the same. */
@RestController
@RequestMapping("/operations")
class OperationController {

    private final Transactions transactions;

    private final Operations operations;

    private final OperationWork work;

    OperationController(OperationParts parts, Operations operations, OperationWork work) {
        this.transactions = parts.transactions();
        this.operations = operations;
        this.work = work;
    }

    @Operation(summary = "Operations of this role, the latest first; they are kept for 30 days")
    @GetMapping
    Page<OperationView> list(
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Operations a page, at most 1000") @RequestParam(defaultValue = "100") int limit)
            throws SQLException {
        String after = Page.after(cursor);
        String[] place = after == null ? new String[0] : after.split("/", 2);
        UUID id = place.length == 2 ? uuidOrNull(place[1]) : null;
        if (after != null && (id == null || !place[0].matches("\\d{1,17}"))) {
            throw notACursor();
        }
        Long micros = after == null ? null : Long.valueOf(place[0]);
        int most = Page.limit(limit);
        return Page.of(
                transactions.runByKeys(connection -> operations.list(new Sql(connection), micros, id, most + 1)),
                most,
                it -> it.startedMicros() + "/" + it.id());
    }

    @Operation(summary = "One operation: its state, who started it and why, and how many items have which result")
    @GetMapping("/{id}")
    OperationView get(@Parameter(description = "Of the operation") @PathVariable String id) throws SQLException {
        return find(id(id));
    }

    private OperationView find(UUID id) throws SQLException {
        return transactions
                .runByKeys(connection -> operations.find(new Sql(connection), id))
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "no such operation",
                        "There is no operation '" + id + "' in this role, or no longer: they are kept for 30 days."));
    }

    @Operation(
            summary = "The items that an operation has worked through, the result of each, and what became of it since")
    @GetMapping("/{id}/items")
    Page<OperationItem> items(
            @Parameter(description = "Of the operation") @PathVariable String id,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Items a page, at most 1000") @RequestParam(defaultValue = "100") int limit)
            throws SQLException {
        String after = Page.after(cursor);
        if (after != null && !after.matches("\\d{1,18}")) {
            throw notACursor();
        }
        UUID operation = id(id);
        find(operation);
        int most = Page.limit(limit);
        long number = after == null ? 0 : Long.parseLong(after);
        List<OperationItem> found =
                transactions.runByKeys(connection -> work.items(new Sql(connection), operation, number, most + 1));
        return Page.of(found, most, it -> Long.toString(it.number()));
    }

    @Operation(
            summary = "Stop a running operation",
            description =
                    "What it has done stays done. To go on, ask for the same again: items that were done are not dead"
                            + " any more, so nothing is done twice.")
    @PostMapping("/{id}/stop")
    OperationView stop(
            @Parameter(description = "Of the operation") @PathVariable String id,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        UUID operation = id(id);
        boolean stopped =
                transactions.runByKeys(connection -> operations.stop(new Sql(connection), operation, actor.name()));
        OperationView now = find(operation);
        if (!stopped) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "not running",
                    "The operation is " + now.state() + ": there is nothing to stop.");
        }
        return now;
    }

    private static Problem notACursor() {
        return new Problem(HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.");
    }

    private static UUID id(String text) {
        UUID id = uuidOrNull(text);
        if (id == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not an operation id", "'" + text + "' is not a UUID.");
        }
        return id;
    }

    private static @Nullable UUID uuidOrNull(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
