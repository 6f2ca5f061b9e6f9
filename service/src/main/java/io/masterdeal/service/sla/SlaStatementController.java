package io.masterdeal.service.sla;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.DealNames;
import io.masterdeal.service.query.InstantParameter;
import io.masterdeal.service.sla.SlaStatementQueries.Filter;
import io.masterdeal.service.sla.SlaStatementQueries.Place;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was told about warnings and breaches, what was not, and what was taken back. */
@RestController
class SlaStatementController {

    static final List<String> STATES = List.of("told", "suppressed", "retracted");

    static final List<String> KINDS = List.of("warned", "breached");

    private final SlaStatementQueries statements;

    private final DealNames names;

    SlaStatementController(SlaStatementQueries statements, DealNames names) {
        this.statements = statements;
        this.names = names;
    }

    @Operation(
            summary = "Warnings and breaches and what was told about them, by page, the newest first",
            description = "A page may have fewer of them than 'limit' although there is a 'next'.")
    @GetMapping("/sla/statements")
    Page<SlaStatementView> list(
            @Parameter(description = "Only of this deal: its id, or the key of any of its objects")
                    @RequestParam(required = false)
                    @Nullable
                    String deal,
            @Parameter(description = "Only those in this state: told, suppressed, retracted")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "Only those of this kind: warned, breached")
                    @RequestParam(required = false)
                    @Nullable
                    String kind,
            @Parameter(description = "Only those made at this instant or later")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Statements a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        KnownPolicies.check("state", state, STATES);
        KnownPolicies.check("kind", kind, KINDS);
        Filter filter = new Filter(
                deal == null ? null : names.only(Page.text(deal)), state, kind, InstantParameter.read("from", from));
        Found<SlaStatementView> found = statements.list(filter, place(cursor), Page.limit(limit));
        return Page.until(found.items(), found.next());
    }

    private static @Nullable Place place(@Nullable String cursor) {
        String after = Page.after(cursor);
        if (after == null) {
            return null;
        }
        String[] parts = after.split("/", 2);
        try {
            if (parts.length == 2) {
                return new Place(Instant.parse(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw notACursor(e);
        }
        throw notACursor(null);
    }

    private static Problem notACursor(@Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.", cause);
    }
}
