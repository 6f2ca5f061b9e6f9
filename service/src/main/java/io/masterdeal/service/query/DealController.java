package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.DealQueries.Detail;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.StringArrayPropertyEditor;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deals: one by its id or any of its objects, or many by page. */
@RestController
@RequestMapping("/masterdeal")
class DealController {

    private static final int DEFAULT_LIMIT = 100;

    private static final String NO_PART_OF_A_KEY = "\0";

    private final DealLists lists;

    private final DealsById named;

    private final DealNames names;

    private final DealClockQueries clocks;

    private final Clock clock;

    private final RevisionWait revisions;

    DealController(
            DealLists lists,
            DealsById named,
            DealNames names,
            DealClockQueries clocks,
            Clock clock,
            RevisionWait revisions) {
        this.lists = lists;
        this.named = named;
        this.names = names;
        this.clocks = clocks;
        this.clock = clock;
        this.revisions = revisions;
    }

    /** A key may have commas; Spring would divide a single one there. */
    @InitBinder("id")
    void takeIdsAsTheyAre(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new StringArrayPropertyEditor(NO_PART_OF_A_KEY, false, false));
    }

    @Operation(
            summary = "Deals by page, or deals by their ids",
            description =
                    "All that is asked for has to hold. A page may have fewer deals than 'limit', or none, although"
                            + " there is a 'next'. A list sorted by something has only the deals that have it.")
    @GetMapping
    DealPage list(
            @Parameter(description = "Only deals in this stage") @RequestParam(required = false) @Nullable String stage,
            @Parameter(description = "Only deals with this outcome: open, won, lost, cancelled")
                    @RequestParam(required = false)
                    @Nullable
                    String outcome,
            @Parameter(description = "Only deals this object belongs to") @RequestParam(required = false) @Nullable
                    String object,
            @Parameter(description = "Only deals whose root's 'client' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String client,
            @Parameter(description = "Only deals whose root's 'manager' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String manager,
            @Parameter(description = "Only deals whose root's 'product' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String product,
            @Parameter(description = "Only deals whose root's 'region' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String region,
            @Parameter(description = "Only deals whose root's 'currency' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String currency,
            @Parameter(description = "Only deals that lack this stage: a lower one whose condition does not hold")
                    @RequestParam(required = false)
                    @Nullable
                    String gap,
            @Parameter(description = "true: only deals that are closed, and yet lost or cancelled")
                    @RequestParam(required = false)
                    @Nullable
                    String contradictory,
            @Parameter(
                            description =
                                    "Only open deals that have been in their stage for longer, by the time of the facts that brought them there: an ISO 8601 duration such as P5D or PT2H")
                    @RequestParam(name = "stuck_longer_than", required = false)
                    @Nullable
                    String stuckLongerThan,
            @Parameter(description = "Only deals whose newest revision was made at this instant or later")
                    @RequestParam(name = "updated_since", required = false)
                    @Nullable
                    String updatedSince,
            @Parameter(
                            description =
                                    "These deals alone, each by its id or the key of its root, at most 100, in this order; without other parameters but 'timeline'")
                    @RequestParam(required = false)
                    String @Nullable [] id,
            @Parameter(
                            description =
                                    "root, stage_since, amount or updated; after a '-' the greatest first. If left out: updated with 'updated_since', stage_since with 'stuck_longer_than', else root")
                    @RequestParam(required = false)
                    @Nullable
                    String sort,
            @Parameter(description = "Whether to tell the timelines") @RequestParam(defaultValue = "false")
                    boolean timeline,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Deals a page, at most 1000; 100 if left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit) {
        FieldFilter fields = new FieldFilter(client, manager, product, region, currency);
        WantedDeals filter = new WantedDeals(
                Page.text(stage),
                Page.text(outcome),
                Page.text(object),
                fields,
                Page.text(gap),
                isContradictory(contradictory),
                before(DurationParameter.read("stuck_longer_than", stuckLongerThan)),
                InstantParameter.read("updated_since", updatedSince));
        Detail detail = timeline ? Detail.TIMELINE : Detail.BRIEF;
        if (id != null) {
            checkAlone(filter, sort, cursor, limit);
            return named.find(List.of(id), detail);
        }
        DealOrder order = DealOrder.read(sort, filter.order());
        DealPlace after = DealPlace.read(cursor, order);
        Found<DealView> found =
                lists.list(filter, order, after, Page.limit(Objects.requireNonNullElse(limit, DEFAULT_LIMIT)), detail);
        return DealPage.of(Page.until(found.items(), found.next()));
    }

    private @Nullable Instant before(@Nullable Duration age) {
        return age == null ? null : clock.instant().minus(age);
    }

    /** Those that are not contradictory are nearly all. */
    private static boolean isContradictory(@Nullable String text) {
        if (text != null && !text.equals("true")) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not a value of contradictory",
                    "'contradictory' is true or left out, not '" + text + "'.");
        }
        return text != null;
    }

    private static void checkAlone(
            WantedDeals filter, @Nullable String sort, @Nullable String cursor, @Nullable Integer limit) {
        if (!filter.equals(WantedDeals.ANY) || sort != null || cursor != null || limit != null) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not with other parameters",
                    "With 'id' only 'timeline' can be given: the answer has the deals that are named, in that order.");
        }
    }

    @Operation(summary = "One deal, by its id or the key of any of its objects")
    @GetMapping("/{id}")
    DealView get(
            @PathVariable String id,
            @Parameter(
                            description =
                                    "Wait, at most 2 s, until this revision of the deal or a later one is stored; then 503, with"
                                            + " the stored one as 'stored_revision'")
                    @RequestParam(name = "min_revision", required = false)
                    @Nullable
                    Long minRevision) {
        if (minRevision != null) {
            revisions.await(Page.text(id), minRevision);
        }
        DealView deal = names.view(id);
        return deal.with(clocks.of(deal.root()));
    }

    @Operation(summary = "The timeline of a deal with the evidence of every step")
    @GetMapping("/{id}/timeline")
    List<DealView.StepView> timeline(@PathVariable String id) {
        List<DealView.StepView> timeline = names.view(id).timeline();
        return timeline == null ? List.of() : timeline;
    }
}
