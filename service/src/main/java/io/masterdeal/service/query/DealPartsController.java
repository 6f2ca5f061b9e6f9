package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.DealFactQueries.Found;
import io.masterdeal.service.query.DealFactQueries.Order;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a deal is made of, by page: its facts, its objects, and what was published of it. */
@RestController
@RequestMapping("/masterdeal/{id}")
class DealPartsController {

    /** Of each object of a page many facts are looked at. */
    static final int MOST_OBJECTS = 200;

    private final NamedDeals deals;

    private final DealFactQueries facts;

    private final DealObjectQueries objects;

    private final RevisionQueries revisions;

    DealPartsController(NamedDeals deals, DealFactQueries facts, DealObjectQueries objects, RevisionQueries revisions) {
        this.deals = deals;
        this.facts = facts;
        this.objects = objects;
        this.revisions = revisions;
    }

    @Operation(
            summary = "The facts of a deal by page, in the order of time, the newest first",
            description =
                    "Those of all objects that belong to the deal now. Retracted facts are among them, and marked.")
    @GetMapping("/facts")
    Page<FactView> facts(
            @Parameter(description = "Id of the deal, or the key of any of its objects") @PathVariable String id,
            @Parameter(description = "newest or oldest: which come first") @RequestParam(defaultValue = "newest")
                    String order,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Facts a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        Order inTime = order(order);
        Found found = facts.of(deals.only(Page.text(id)), inTime, FactPlace.read(cursor, order), Page.limit(limit));
        return Page.until(
                found.facts(), found.last() == null ? null : found.last().text(order));
    }

    private static Order order(String order) {
        return switch (order) {
            case "newest" -> Order.NEWEST;
            case "oldest" -> Order.OLDEST;
            default ->
                throw new Problem(
                        HttpStatus.BAD_REQUEST, "no such order", "'order' is newest or oldest, not '" + order + "'.");
        };
    }

    @Operation(
            summary = "The objects of a deal and the links between them, by page, in the order of their keys",
            description = "A page has the links from its objects to any object of the deal.")
    @GetMapping("/objects")
    ObjectsView objects(
            @Parameter(description = "Id of the deal, or the key of any of its objects") @PathVariable String id,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Objects a page, at most 200") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST_OBJECTS) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "limit out of range",
                    "'limit' is 1 to " + MOST_OBJECTS + ", not " + limit + ".");
        }
        String after = Page.after(cursor);
        return objects.of(deals.only(Page.text(id)), after, limit);
    }

    @Operation(
            summary = "What was published of a deal, by page, the newest first",
            description = "Each revision is an event in masterdeal.events; here it is in short.")
    @GetMapping("/revisions")
    RevisionsView revisions(
            @Parameter(description = "Id of the deal, or the key of any of its objects") @PathVariable String id,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Revisions a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        return revisions.of(deals.only(Page.text(id)), revision(Page.after(cursor)), Page.limit(limit));
    }

    private static @Nullable Long revision(@Nullable String after) {
        try {
            return after == null ? null : (Long) Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.", e);
        }
    }
}
