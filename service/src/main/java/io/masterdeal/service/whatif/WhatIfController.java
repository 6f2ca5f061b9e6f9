package io.masterdeal.service.whatif;

import io.masterdeal.facts.whatif.TrialFilter;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.rulesets.InvalidRuleSetException;
import io.masterdeal.rulesets.RuleSetFile;
import io.masterdeal.rulesets.RuleSets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What another rule set would change, before it is used. Only operators may ask; anyone with a key may read what was found. */
@RestController
@RequestMapping("/what-if")
class WhatIfController {

    private static final List<String> OUTCOMES = List.of("open", "won", "lost", "cancelled");

    private final WhatIfJobs jobs;

    private final JobQueries queries;

    private final RuleSet present;

    WhatIfController(WhatIfJobs jobs, JobQueries queries, RuleSet present) {
        this.jobs = jobs;
        this.queries = queries;
        this.present = present;
    }

    /** What to try, on which deals. */
    record WhatIfRequest(
            @Schema(description = "The text of a rule set file, YAML; or give 'name'") @Nullable
            String rules,

            @Schema(
                    description =
                            "The name of a bundled rule set: default, strict-table, strict-pipeline; or give 'rules'")
            @Nullable
            String name,

            @Schema(description = "Only deals that are in this stage now; any if it is left out") @Nullable
            String stage,

            @Schema(
                    description =
                            "Only deals that have this outcome now: open, won, lost, cancelled; any if it is left out")
            @Nullable
            String outcome) {}

    @Operation(
            summary =
                    "Begin to find what another rule set would change; nothing is changed. One at a time: 409 says which one"
                            + " runs")
    @PostMapping
    ResponseEntity<JobView> begin(
            @RequestBody WhatIfRequest request,
            @RequestAttribute(Actor.ATTRIBUTE) @Parameter(hidden = true) Actor actor)
            throws SQLException {
        RuleSetFile tried = tried(request);
        TrialFilter filter = filter(request);
        UUID id =
                jobs.begin(new JobRequest(present, tried, filter, actor.name())).orElseThrow(this::running);
        return ResponseEntity.accepted().location(URI.create("/what-if/" + id)).body(find(id.toString()));
    }

    private Problem running() {
        String which = queries.running()
                .map(id -> "'" + id + "' runs: wait until GET /what-if/" + id
                        + " says that it is done, or stop it with DELETE" + " /what-if/" + id + ".")
                .orElse("One begins or ends just now: try again.");
        return new Problem(HttpStatus.CONFLICT, "one at a time", which);
    }

    private static RuleSetFile tried(WhatIfRequest request) {
        String name = request.name();
        String rules = request.rules();
        if (name != null && rules == null) {
            return bundled(name);
        }
        if (rules == null || name != null) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "which rule set",
                    "Give either 'rules', the text of a rule set file, or 'name', one of " + RuleSets.BUNDLED + ".");
        }
        try {
            return RuleSets.read("rules", rules);
        } catch (InvalidRuleSetException e) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT, "rule set cannot be used", String.valueOf(e.getMessage()), e);
        }
    }

    /** Never a file of this machine. */
    private static RuleSetFile bundled(String name) {
        if (!RuleSets.BUNDLED.contains(name)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no such rule set",
                    "'name' is one of " + RuleSets.BUNDLED + ", not '" + name
                            + "'. Give another one as text in 'rules'.");
        }
        return RuleSets.loadFile(name);
    }

    private TrialFilter filter(WhatIfRequest request) {
        List<String> stages = new ArrayList<>(List.of(Stage.NONE));
        present.stages().forEach(stage -> stages.add(stage.name()));
        check("stage", request.stage(), stages);
        check("outcome", request.outcome(), OUTCOMES);
        return new TrialFilter(request.stage(), request.outcome());
    }

    private static void check(String field, @Nullable String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no such " + field,
                    "'" + field + "' is one of " + known + ", not '" + value + "'.");
        }
    }

    @Operation(summary = "How far it is, and what was found")
    @GetMapping("/{id}")
    JobView get(@Parameter(description = "The id that POST /what-if told") @PathVariable String id) {
        return find(id);
    }

    @Operation(summary = "All deals that would stand elsewhere, by page in the order of their ids")
    @GetMapping("/{id}/changes")
    Page<ChangeView> changes(
            @Parameter(description = "The id that POST /what-if told") @PathVariable String id,
            @Parameter(description = "'next' of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "Deals a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        UUID job = UUID.fromString(find(id).id());
        List<ChangeView> found = queries.changes(job, after(cursor), Page.limit(limit) + 1);
        return Page.of(found, limit, ChangeView::masterDealId);
    }

    private static @Nullable UUID after(@Nullable String cursor) {
        String after = Page.after(cursor);
        try {
            return after == null ? null : UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.", e);
        }
    }

    @Operation(summary = "Stop it soon, if it still runs; what was found so far stays")
    @DeleteMapping("/{id}")
    JobView stop(@Parameter(description = "The id that POST /what-if told") @PathVariable String id) {
        jobs.stop(UUID.fromString(find(id).id()));
        return find(id);
    }

    private JobView find(String id) {
        try {
            return queries.find(UUID.fromString(id)).orElseThrow(() -> unknown(id, null));
        } catch (IllegalArgumentException e) {
            throw unknown(id, e);
        }
    }

    private static Problem unknown(String id, @Nullable Throwable cause) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "no such job",
                "There is no '" + id + "'. POST /what-if tells the id; it is kept for 7 days.",
                cause);
    }
}
