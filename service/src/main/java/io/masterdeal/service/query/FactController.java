package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.FactQueries.SummaryView;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Facts, and what people have to check: ids with two contents. */
@RestController
class FactController {

    private final FactQueries facts;

    FactController(FactQueries facts) {
        this.facts = facts;
    }

    @Operation(summary = "What is stored under an event id; more than one entry is a conflict")
    @GetMapping("/facts/{event_id}")
    List<FactView> fact(@PathVariable("event_id") String eventId) {
        List<FactView> found = facts.find(uuid(eventId));
        if (found.isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "no such fact", "No event " + eventId + " was received.");
        }
        return found;
    }

    /** An event id that came with more than one content. */
    record ConflictView(@JsonProperty("event_id") String eventId, List<FactView> contents) {}

    @Operation(summary = "Event ids that came with more than one content, by page, in the order of the ids")
    @GetMapping("/conflicts")
    Page<ConflictView> conflicts(
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        String after = Page.after(cursor);
        List<ConflictView> found = facts.conflicts(after == null ? null : uuid(after), Page.limit(limit) + 1).stream()
                .map(id -> new ConflictView(id.toString(), facts.find(id)))
                .toList();
        return Page.of(found, limit, ConflictView::eventId);
    }

    @Operation(summary = "Counts over all that is stored")
    @GetMapping("/summary")
    SummaryView summary() {
        return facts.summary();
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not an event id", "'" + text + "' is not a UUID.", e);
        }
    }
}
