package io.masterdeal.console.deadletters;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.deadletters.DeadLetterLedger.Grouped;
import io.masterdeal.console.deadletters.DeadLetterLedger.Letters;
import io.masterdeal.console.messages.JsonField;
import io.masterdeal.console.messages.QueryText;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.view.RedirectView;

/** Dead letters: by groups and one by one, and decisions on all that a filter means. */
@Controller
class DeadLettersController {

    private static final int MOST_REASON = 500;

    private final DeadLetterLedger ledger;

    DeadLettersController(DeadLetterLedger ledger) {
        this.ledger = ledger;
    }

    @GetMapping(path = "/dead-letters", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @RequestParam Map<String, String> query) {
        DeadLetterFilter filter = DeadLetterFilter.of(query);
        Letters letters = ledger.list(filter, query.getOrDefault("cursor", ""), view);
        Grouped groups = letters.problem().isEmpty()
                ? ledger.groups(filter, view)
                : new Grouped(List.of(), 0, true, letters.problem());
        return Html.page(
                "deadletters/dead_letters.jte",
                view,
                Map.of(
                        "filter",
                        filter,
                        "groups",
                        groups.items(),
                        "total",
                        groups.total(),
                        "whole",
                        groups.whole(),
                        "letters",
                        letters.items(),
                        "next",
                        letters.next() == null ? "" : letters.next(),
                        "problem",
                        groups.problem()));
    }

    /** Dead letters as JSON: those of a page, and the groups of all. */
    record Listed(Letters letters, Grouped groups) {}

    @GetMapping(path = "/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Listed json(View view, @RequestParam Map<String, String> query) {
        DeadLetterFilter filter = DeadLetterFilter.of(query);
        return new Listed(ledger.list(filter, query.getOrDefault("cursor", ""), view), ledger.groups(filter, view));
    }

    @Requires(Right.OPERATOR)
    @GetMapping(path = "/dead-letters/{action:redrive|discard}", produces = MediaType.TEXT_HTML_VALUE)
    Html plan(View view, @PathVariable String action, @RequestParam Map<String, String> query) {
        return plan(view, action, DeadLetterFilter.of(query), "", "", HttpStatus.OK);
    }

    private Html plan(
            View view, String action, DeadLetterFilter filter, String reason, String problem, HttpStatus status) {
        Map<String, Object> values = new HashMap<>(Map.of("action", action, "filter", filter, "reason", reason));
        if (ledger.isUnknown(filter)) {
            values.put("problem", view.text("messages.no_such_deal", filter.deal()));
            return Html.page("deadletters/decision.jte", view, values, HttpStatus.BAD_REQUEST);
        }
        RoleAnswer effect = ledger.tryOut(action, filter, view);
        if (effect.isOk()) {
            values.put("decision", BulkDecision.read(action, filter, ledger.groups(filter, view), effect.body()));
        }
        values.put("problem", problem.isEmpty() ? effect.problem() : problem);
        return Html.page("deadletters/decision.jte", view, values, effect.isOk() ? status : HttpStatus.BAD_GATEWAY);
    }

    @Requires(Right.OPERATOR)
    @PostMapping("/dead-letters/{action:redrive|discard}")
    Object decide(View view, @PathVariable String action, @RequestParam Map<String, String> form) {
        DeadLetterFilter filter = DeadLetterFilter.of(form);
        String reason = form.getOrDefault("reason", "").strip();
        long expected = number(form.getOrDefault("expected", ""));
        if (filter.isAll() && !form.getOrDefault("all", "").equals("true")) {
            expected = -1; // A filter that got lost on the way must not mean everything.
        }
        String problem = problem(view, filter, reason, expected, form.getOrDefault("typed", ""));
        if (!problem.isEmpty()) {
            return plan(view, action, filter, reason, problem, HttpStatus.BAD_REQUEST);
        }
        RoleAnswer answer = ledger.decide(action, filter, reason, expected, view);
        String operation = JsonField.text(answer.body(), "operation");
        if (!answer.isOk() || operation.isEmpty()) {
            return plan(view, action, filter, reason, answer.problem(), HttpStatus.BAD_GATEWAY);
        }
        RedirectView next = new RedirectView("/operations/" + QueryText.encoded(operation));
        next.setStatusCode(HttpStatus.SEE_OTHER);
        return next;
    }

    private String problem(View view, DeadLetterFilter filter, String reason, long expected, String typed) {
        if (ledger.isUnknown(filter)) {
            return view.text("messages.no_such_deal", filter.deal());
        }
        if (expected < 1) {
            return view.text("deadletters.nothing_left");
        }
        if (reason.isEmpty()) {
            return view.text("deadletters.no_reason");
        }
        if (reason.length() > MOST_REASON) {
            return view.text("deadletters.long_reason", MOST_REASON);
        }
        if (expected > BulkDecision.MOST_UNTYPED && number(typed.replaceAll("\\s", "")) != expected) {
            return view.text("deadletters.not_typed", expected);
        }
        return "";
    }

    /** A whole number; -1 if it is none. */
    private static long number(String text) {
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry deadLettersEntry() {
            return new MenuEntry(35, "/dead-letters", "deadletters.title", Right.VIEWER);
        }
    }
}
