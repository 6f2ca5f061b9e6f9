package io.masterdeal.service.orphans;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.orphans.OrphanCandidates.CandidateView;
import io.masterdeal.service.orphans.OrphanQueries.CountView;
import io.masterdeal.service.orphans.OrphanQueries.DismissalView;
import io.masterdeal.service.query.BoundedSearch.Found;
import io.masterdeal.service.query.FactQueries;
import io.masterdeal.service.query.FactView;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Objects that reach no deal: why, and where they may belong. */
@RestController
class OrphanController {

    /** The description of the parameter for keys that cannot be part of a path. */
    static final String KEY = "Key of the object, if it has a '/'; the path has - then";

    /** The header of a download that ends before the list does. */
    static final String NEXT = "Masterdeal-Next";

    /** How many facts of an orphan are told. */
    private static final int MOST_FACTS = 100;

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final OrphanQueries orphans;

    private final OrphanCandidates candidates;

    private final FactQueries facts;

    private final EventCatalog catalog;

    private final Clock clock;

    OrphanController(
            OrphanQueries orphans, OrphanCandidates candidates, FactQueries facts, EventCatalog catalog, Clock clock) {
        this.orphans = orphans;
        this.candidates = candidates;
        this.facts = facts;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Operation(
            summary = "Objects with facts that reach no deal, by page, each with the reason",
            description = "A page may have fewer orphans than 'limit' although there is a 'next'.")
    @GetMapping(path = "/orphans", params = "format!=csv", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<OrphanView> list(
            @Parameter(description = "Only objects of this system, such as legal")
                    @RequestParam(required = false)
                    @Nullable
                    String system,
            @Parameter(description = "Only objects of this kind, such as legal:case")
                    @RequestParam(required = false)
                    @Nullable
                    String kind,
            @Parameter(
                            description =
                                    "Only those with this reason: unknown_parent, unknown_deal, no_root, link_retracted, no_parent")
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @Parameter(description = "Only those of which a fact has waited so long, such as PT12H or P2D")
                    @RequestParam(name = "older_than", required = false)
                    @Nullable
                    String olderThan,
            @Parameter(description = "false: without those an operator has put aside; true: only these; all (sort=key)")
                    @RequestParam(defaultValue = "false")
                    String dismissed,
            @Parameter(description = "key: in the order of the keys; age: the one that waits longest first")
                    @RequestParam(defaultValue = "key")
                    String sort,
            @Parameter(description = "'next' of the page before, with the same 'sort'")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "Orphans a page, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        OrphanFilter filter = OrphanFilter.of(
                new OrphanFilter.Wanted(system, kind, reason, olderThan, dismissed, sort), catalog.domains(), clock);
        Found<OrphanView> found = orphans.list(filter, Page.after(cursor), Page.limit(limit));
        return Page.until(found.items(), found.next());
    }

    @Operation(
            summary =
                    "The same as a table for a spreadsheet, at most 10,000 orphans; with 'format=csv' or 'Accept: text/csv'",
            description =
                    "If more follow, the header Masterdeal-Next has the cursor to go on with. Of rare ones a table may have fewer,"
                            + " although more follow.")
    @GetMapping(path = "/orphans", params = "format=csv")
    ResponseEntity<String> table(
            @Parameter(description = "csv") @RequestParam String format,
            @Parameter(description = "As of the list") @RequestParam(required = false) @Nullable String system,
            @Parameter(description = "As of the list") @RequestParam(required = false) @Nullable String kind,
            @Parameter(description = "As of the list") @RequestParam(required = false) @Nullable String reason,
            @Parameter(description = "As of the list") @RequestParam(name = "older_than", required = false) @Nullable
                    String olderThan,
            @Parameter(description = "As of the list") @RequestParam(defaultValue = "false") String dismissed,
            @Parameter(description = "As of the list") @RequestParam(defaultValue = "key") String sort,
            @Parameter(description = "Masterdeal-Next of the download before") @RequestParam(required = false) @Nullable
                    String cursor) {
        OrphanFilter filter = OrphanFilter.of(
                new OrphanFilter.Wanted(system, kind, reason, olderThan, dismissed, sort), catalog.domains(), clock);
        Found<OrphanView> table = orphans.table(filter, Page.after(cursor));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(CSV);
        String cursorToGoOn = Page.until(table.items(), table.next()).next();
        if (cursorToGoOn != null) {
            answer.header(NEXT, cursorToGoOn);
        }
        return answer.header("Content-Disposition", "attachment; filename=\"orphans.csv\"")
                .body(OrphanCsv.of(table.items()));
    }

    /** The same for a caller that asks by its header only; the conditions of the others are tried first. */
    @Hidden
    @GetMapping(path = "/orphans", produces = "text/csv")
    ResponseEntity<String> accepted(@RequestParam Map<String, String> given) {
        return table(
                "csv",
                given.get("system"),
                given.get("kind"),
                given.get("reason"),
                given.get("older_than"),
                given.getOrDefault("dismissed", "false"),
                given.getOrDefault("sort", "key"),
                given.get("cursor"));
    }

    /** The numbers of orphans. */
    record CountsView(
            @Schema(description = "By system and reason, without those of which there are none")
            List<CountView> items) {}

    @Operation(summary = "How many orphans there are, by system and reason")
    @GetMapping("/orphans/counts")
    CountsView counts() {
        return new CountsView(orphans.counts());
    }

    /** An orphan with all that helps to decide about it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrphanDetailView(
            OrphanView orphan,

            @Schema(description = "Why it is put aside; absent if it is not") @Nullable
            DismissalView dismissal,

            @Schema(description = "Its first 100 facts by the time of what they state, retracted ones too")
            List<FactView> facts,

            @Schema(description = "At most five deals it may belong to, the most likely first")
            List<CandidateView> candidates) {}

    @Operation(summary = "An orphan with its facts, and deals it may belong to, each with what speaks for it")
    @GetMapping("/orphans/{key}")
    OrphanDetailView orphan(
            @Parameter(description = "Key of the object; - if it is given as 'key'") @PathVariable("key") String path,
            @Parameter(description = KEY) @RequestParam(name = "key", required = false) @Nullable String given) {
        String key = key(path, given);
        OrphanView orphan = orphans.find(Page.text(key)).orElseThrow(() -> noOrphan(key));
        List<FactView> its = facts.of(key, MOST_FACTS);
        return new OrphanDetailView(orphan, orphans.dismissal(key).orElse(null), its, candidates.of(orphan, its));
    }

    /** The key that a request is about: one with a slash cannot be part of a path. */
    static String key(String path, @Nullable String given) {
        return given != null && path.equals("-") ? given : path;
    }

    static Problem noOrphan(String key) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "no such orphan",
                "'" + key + "' is no orphan: it reaches a deal, or no fact is about it. See /masterdeal/" + key + ".");
    }
}
