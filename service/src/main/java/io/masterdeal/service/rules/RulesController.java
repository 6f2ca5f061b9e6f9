package io.masterdeal.service.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.http.Problem;
import io.masterdeal.rulesets.RuleSetFile;
import io.masterdeal.service.rules.RulesView.HistoryView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rule set in use and its history. */
@RestController
@RequestMapping("/rules")
class RulesController {

    private final RuleSetFile file;

    private final HistoryQueries history;

    RulesController(RuleSetFile file, HistoryQueries history) {
        this.file = file;
        this.history = history;
    }

    @Operation(
            summary = "The rule set in use: stages, conditions, statuses, titles, its text, and what was in use before")
    @GetMapping
    RulesView rules() {
        return RulesView.of(file, history.latest());
    }

    /** A rule set that came into use, with its text. */
    record PastRulesView(
            long id,

            @Schema(description = "Name, version and a hash of the meaning")
            String identity,

            @Schema(description = "Since when it was in use, UTC") @JsonProperty("active_from")
            String activeFrom,

            @Schema(description = "The file as it was read then")
            String content) {}

    @Operation(summary = "A rule set of the history, with its text")
    @GetMapping("/{id}")
    PastRulesView past(@Parameter(description = "The 'id' of an entry of the history") @PathVariable String id) {
        HistoryQueries.Past past = find(id);
        HistoryView entry = past.entry();
        return new PastRulesView(entry.id(), entry.identity(), entry.activeFrom(), past.content());
    }

    private HistoryQueries.Past find(String id) {
        try {
            return history.find(Long.parseLong(id)).orElseThrow(() -> unknown(id, null));
        } catch (NumberFormatException e) {
            throw unknown(id, e);
        }
    }

    private static Problem unknown(String id, @Nullable Throwable cause) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "no such rule set",
                "The history of rule sets has no entry '" + id + "'. GET /rules tells the ids.",
                cause);
    }
}
