package io.masterdeal.console.errors;

import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.role.http.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Error events of a group, and one with the record that failed. */
@Controller
class ErrorController {

    private static final int PAGE = 50;

    private final ErrorStore store;

    ErrorController(ErrorStore store) {
        this.store = store;
    }

    @GetMapping(path = "/monitoring/errors", produces = MediaType.TEXT_HTML_VALUE)
    Html page(
            @RequestParam String reason,
            @RequestParam String stage,
            @RequestParam String domain,
            @RequestParam(required = false) @Nullable String before,
            View view) {
        return Html.page("errors/group.jte", view, Map.of("page", read(reason, stage, domain, before)));
    }

    @GetMapping(path = "/monitoring/errors", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ErrorRecords json(
            @RequestParam String reason,
            @RequestParam String stage,
            @RequestParam String domain,
            @RequestParam(required = false) @Nullable String before) {
        return read(reason, stage, domain, before);
    }

    private ErrorRecords read(String reason, String stage, String domain, @Nullable String before) {
        List<ErrorRow> rows = store.list(reason, stage, domain, instant(before), PAGE + 1);
        boolean more = rows.size() > PAGE;
        List<ErrorRow> shown = more ? rows.subList(0, PAGE) : rows;
        return new ErrorRecords(
                reason, stage, domain, shown, more ? shown.getLast().at() : null);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "not an instant",
                    "'before' is an instant such as 2026-11-24T00:00:00Z.",
                    e);
        }
    }

    @GetMapping(path = "/monitoring/errors/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html one(@PathVariable UUID id, @RequestParam(defaultValue = "false") boolean hex, View view) {
        return Html.page("errors/error.jte", view, Map.of("error", find(id), "hex", hex));
    }

    @GetMapping(path = "/monitoring/errors/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ErrorRow oneAsJson(@PathVariable UUID id) {
        return find(id);
    }

    private ErrorRow find(UUID id) {
        return store.find(id)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "no such error",
                        "There is no error event " + id + " here; errors are kept for 30 days."));
    }
}
