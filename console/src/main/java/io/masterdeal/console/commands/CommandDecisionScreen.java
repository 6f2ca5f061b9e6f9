package io.masterdeal.console.commands;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.ScreenLinks;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Deciding about commands: what it would do, then the reason, then the operation. */
@Controller
class CommandDecisionScreen {

    /** Above this number it has to be typed. */
    private static final long TYPED_ABOVE = 1000;

    private final Roles roles;

    CommandDecisionScreen(Roles roles) {
        this.roles = roles;
    }

    /** What it would do. */
    @Requires(Right.OPERATOR)
    @GetMapping("/commands/{action}")
    Html tried(
            View view,
            @PathVariable String action,
            @RequestParam Map<String, String> given,
            @RequestParam(name = "id", required = false) @Nullable List<String> ids) {
        return page(view, decision(action, given, ids), "", HttpStatus.OK);
    }

    private static CommandDecision decision(String action, Map<String, String> given, @Nullable List<String> ids) {
        if (!CommandDecision.ACTIONS.contains(action)) {
            throw new io.masterdeal.role.http.Problem(
                    HttpStatus.NOT_FOUND, "no such action", "It is one of " + CommandDecision.ACTIONS + ".");
        }
        return new CommandDecision(action, CommandChoice.of(given), ids == null ? List.of() : List.copyOf(ids));
    }

    private Html page(View view, CommandDecision decision, String problem, HttpStatus status) {
        RoleAnswer answer = decision.tried(roles, person(view));
        return Html.page(
                "commands/decide.jte",
                view,
                Map.of(
                        "decision",
                        decision,
                        "answer",
                        answer,
                        "problem",
                        problem,
                        "typed",
                        answer.body().path("selected").asLong(0) > TYPED_ABOVE),
                status);
    }

    private static String person(View view) {
        return view.person() == null ? "" : view.person().name();
    }

    /** Does it, and leads to what became of it. */
    @Requires(Right.OPERATOR)
    @PostMapping("/commands/{action}")
    @Nullable
    Html done(
            View view,
            HttpServletResponse response,
            @PathVariable String action,
            @RequestParam Map<String, String> given,
            @RequestParam(name = "id", required = false) @Nullable List<String> ids,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "0") long selected,
            @RequestParam(defaultValue = "") String typed) {
        CommandDecision decision = decision(action, given, ids);
        if (selected > TYPED_ABOVE
                && !typed.replaceAll("[\\s\\u00a0\\u202f,.]", "").equals(Long.toString(selected))) {
            return page(view, decision, view.text("commands.typed.wrong"), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        RoleAnswer answer = decision.done(roles, selected, reason.strip(), person(view));
        if (!answer.isOk()) {
            return page(view, decision, answer.problem(), HttpStatus.CONFLICT);
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(
                "Location",
                ScreenLinks.operation(
                        RoleName.SERVICE, answer.body().path("operation").asString("")));
        return null;
    }
}
