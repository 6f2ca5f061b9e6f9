package io.masterdeal.service.sla;

import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.rulesets.sla.InvalidSlaFileException;
import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.service.query.DealNames;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What other policies would give for a deal, before they are used. Only operators may ask: policies are theirs, and an evaluation by
 * policies that nobody has looked at yet may cost much more than a look at clocks.
 */
@RestController
class SlaTrialController {

    static final String PATH = "/sla/try";

    private final SlaTrial trial;

    private final DealNames names;

    private final SlaEvaluator inUse;

    private final CalendarsInUse calendars;

    private final RuleSet rules;

    private final Clock clock;

    SlaTrialController(
            SlaTrial trial, DealNames names, SlaEvaluator inUse, CalendarsInUse calendars, RuleSet rules, Clock clock) {
        this.trial = trial;
        this.names = names;
        this.inUse = inUse;
        this.calendars = calendars;
        this.rules = rules;
        this.clock = clock;
    }

    /** What to try. */
    record TrialRequest(
            @Schema(description = "The text of a file of policies, YAML") @Nullable
            String policies,

            @Schema(
                    description =
                            "The text of a file of calendars, YAML; if it is left out, the policies get the calendars in use")
            @Nullable
            String calendars) {}

    /** A deal's clocks by one set of policies. */
    record ReportBy(String policies, SlaReportView report) {}

    /** The same deal by the policies in use and by those tried. */
    record TrialView(String at, String rules, ReportBy now, ReportBy tried) {}

    @Operation(summary = "What other policies would give for a deal, beside what those in use give; nothing is changed")
    @PostMapping(PATH)
    TrialView run(
            @Parameter(description = "The deal's id, or the key of any of its objects") @RequestParam String deal,
            @Parameter(description = "The instant, RFC 3339; now if it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    String at,
            @RequestBody TrialRequest request) {
        Instant instant = SlaController.instant(at, clock);
        SlaEvaluator tried = evaluator(request);
        UUID id = names.only(deal);
        SlaTrial.Reports reports = trial.run(id, tried, instant);
        if (reports == null) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "too many facts", SlaReportView.TOO_MANY_FACTS);
        }
        return new TrialView(
                Times.text(instant),
                rules.name(),
                new ReportBy(inUse.label(), SlaReportView.of(reports.now())),
                new ReportBy(tried.label(), SlaReportView.of(reports.tried())));
    }

    private SlaEvaluator evaluator(TrialRequest request) {
        if (request.policies() == null) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "no policies", "'policies' is required: the text of a file of policies.");
        }
        try {
            Map<String, SlaCalendar> given = request.calendars() == null
                    ? calendars.byName()
                    : SlaFiles.calendars("calendars", request.calendars());
            return SlaFiles.policies("policies", request.policies(), rules, given);
        } catch (InvalidSlaFileException e) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT, "policies cannot be used", String.valueOf(e.getMessage()), e);
        }
    }
}
