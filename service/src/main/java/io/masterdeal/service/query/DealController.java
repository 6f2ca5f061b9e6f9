package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.masterdeal.service.query.DealQueries.Detail;
import io.masterdeal.service.query.DealQueries.Filter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deals: one by its id or any of its objects, or many by page. */
@RestController
@RequestMapping("/masterdeal")
class DealController {

    private final DealQueries deals;

    private final DealNames names;

    private final DealClockQueries clocks;

    DealController(DealQueries deals, DealNames names, DealClockQueries clocks) {
        this.deals = deals;
        this.names = names;
        this.clocks = clocks;
    }

    @Operation(summary = "Deals by page, in the order of their root keys")
    @GetMapping
    Page<DealView> list(
            @Parameter(description = "Only deals in this stage") @RequestParam(required = false) @Nullable String stage,
            @Parameter(description = "Only deals with this outcome: open, won, lost, cancelled")
                    @RequestParam(required = false)
                    @Nullable
                    String outcome,
            @Parameter(description = "Only deals this object belongs to") @RequestParam(required = false) @Nullable
                    String object,
            @Parameter(description = "Whether to tell the timelines") @RequestParam(defaultValue = "false")
                    boolean timeline,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Deals a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        Filter filter = new Filter(Page.text(stage), Page.text(outcome), Page.text(object), Page.after(cursor));
        List<DealView> found = deals.list(filter, Page.limit(limit) + 1, timeline ? Detail.TIMELINE : Detail.BRIEF);
        return Page.of(found, limit, DealView::root);
    }

    @Operation(summary = "One deal, by its id or the key of any of its objects")
    @GetMapping("/{id}")
    DealView get(@PathVariable String id) {
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
