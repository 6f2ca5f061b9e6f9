package io.masterdeal.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.DealNames;
import io.masterdeal.service.query.InstantParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clocks of deals at any instant: a look changes nothing. */
@RestController
class SlaController {

    private final SlaQueries queries;

    private final DealNames names;

    private final SlaEvaluator evaluator;

    private final RuleSet rules;

    private final Clock clock;

    SlaController(SlaQueries queries, DealNames names, SlaEvaluator evaluator, RuleSet rules, Clock clock) {
        this.queries = queries;
        this.names = names;
        this.evaluator = evaluator;
        this.rules = rules;
        this.clock = clock;
    }

    @Operation(summary = "All clocks of a deal, by its id or the key of any of its objects")
    @GetMapping("/masterdeal/{id}/sla")
    SlaReportView report(
            @PathVariable String id,
            @Parameter(description = "The instant, RFC 3339; now if it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        Instant instant = instant(at, clock);
        SlaReportView report = SlaReportView.of(queries.report(names.only(id), instant));
        if (report.problem() != null) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "too many facts", report.problem());
        }
        return report;
    }

    /** A page of reports, all for one instant. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportPage(
            String at,
            String policies,
            String rules,
            List<SlaReportView> items,
            @Nullable String next) {}

    @Operation(summary = "All clocks of all deals by page, in the order of their root keys")
    @GetMapping("/sla/reports")
    ReportPage reports(
            @Parameter(description = "The instant, RFC 3339; now if it is left out. Give the same for all pages")
                    @RequestParam(required = false)
                    @Nullable
                    String at,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Deals a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        Instant instant = instant(at, clock);
        List<SlaReportView> found = queries.page(Page.after(cursor), Page.limit(limit) + 1, instant).stream()
                .map(SlaReportView::of)
                .toList();
        Page<SlaReportView> page = Page.of(found, limit, SlaReportView::root);
        return new ReportPage(Times.text(instant), evaluator.label(), rules.name(), page.items(), page.next());
    }

    /** The instant that a request asks about; now if it names none. */
    static Instant instant(@Nullable String text, Clock clock) {
        Instant instant = InstantParameter.read("at", text);
        return instant == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : instant;
    }
}
