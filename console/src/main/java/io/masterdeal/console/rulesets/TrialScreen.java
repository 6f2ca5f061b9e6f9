package io.masterdeal.console.rulesets;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.CsvTable;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.QueryPath;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleJson;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What another rule set would change: the form, the progress, and what was found. */
@Controller
class TrialScreen {

    private static final RoleAnswer NOT_FOUND_YET =
            new RoleAnswer(200, JsonMapper.shared().createObjectNode(), "");

    private final Roles roles;
    private final RuleSetInUse rules;

    TrialScreen(Roles roles, RuleSetInUse rules) {
        this.roles = roles;
        this.rules = rules;
    }

    @GetMapping(path = "/rules/what-if", produces = MediaType.TEXT_HTML_VALUE)
    Html form(View view) {
        return form(view, TrialRequest.EMPTY, "", HttpStatus.OK);
    }

    private Html form(View view, TrialRequest request, String problem, HttpStatus status) {
        return Html.page(
                "rulesets/trial_form.jte",
                view,
                Map.of("request", request, "stages", rules.stages(), "problem", problem),
                status);
    }

    /** Begins it, and leads to its page. */
    @Requires(Right.OPERATOR)
    @PostMapping("/rules/what-if")
    @Nullable
    Html begin(
            View view,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String rules,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String outcome) {
        TrialRequest request = new TrialRequest(name, rules, stage, outcome);
        RoleAnswer answer = roles.change(RoleName.SERVICE, "POST", "/what-if", request.json(), person(view));
        if (!answer.isOk()) {
            return form(view, request, answer.problem(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return onTo(answer.body().path("id").asString(""), response);
    }

    private static @Nullable Html onTo(String id, HttpServletResponse response) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader("Location", "/rules/what-if/" + QueryPath.encoded(id));
        return null;
    }

    private static String person(View view) {
        return view.person() == null ? "" : view.person().name();
    }

    @GetMapping(path = "/rules/what-if/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html trial(View view, @PathVariable String id, @RequestParam(defaultValue = "") String cursor) {
        RoleAnswer answer = roles.get(RoleName.SERVICE, path(id));
        JsonNode report = answer.body().path("report");
        RoleAnswer changes = report.isObject() ? changes(id, cursor, 100) : NOT_FOUND_YET;
        return Html.page(
                "rulesets/trial.jte",
                view,
                Map.of(
                        "id",
                        id,
                        "answer",
                        answer,
                        "stages",
                        MoveMatrix.of(report.path("stages"), rules.stages()),
                        "changes",
                        ListAnswer.of(RoleName.SERVICE, changes),
                        "begun",
                        !cursor.isEmpty()),
                answer.isAbsent() ? HttpStatus.NOT_FOUND : HttpStatus.OK);
    }

    private static String path(String id) {
        return "/what-if/" + QueryPath.encoded(id);
    }

    private RoleAnswer changes(String id, String cursor, int limit) {
        return roles.get(
                RoleName.SERVICE,
                QueryPath.of(path(id) + "/changes")
                        .with("cursor", cursor)
                        .with("limit", Integer.toString(limit))
                        .toString());
    }

    @GetMapping(path = "/rules/what-if/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> json(@PathVariable String id) {
        return RoleJson.of(RoleName.SERVICE, roles.get(RoleName.SERVICE, path(id)));
    }

    @GetMapping("/rules/what-if/{id}/changes.csv")
    void csv(View view, @PathVariable String id, HttpServletResponse response) throws IOException {
        List<String> columns =
                List.of("master_deal_id", "root", "from_stage", "to_stage", "from_outcome", "to_outcome");
        try (CsvTable table = CsvTable.to(response, view, "what-if", columns)) {
            String cursor = "";
            do {
                ListAnswer found = ListAnswer.of(RoleName.SERVICE, changes(id, cursor, 1000));
                for (JsonNode it : found.items()) {
                    table.row(List.of(
                            it.path("master_deal_id").asString(""),
                            it.path("root").asString(""),
                            it.at("/from/stage").asString(""),
                            it.at("/to/stage").asString(""),
                            it.at("/from/outcome").asString(""),
                            it.at("/to/outcome").asString("")));
                }
                if (!found.problem().isEmpty()) {
                    table.fault(found.problem());
                }
                cursor = found.next();
            } while (!cursor.isEmpty());
        }
    }

    /** Stops it soon. */
    @Requires(Right.OPERATOR)
    @PostMapping("/rules/what-if/{id}/stop")
    @Nullable
    Html stop(View view, HttpServletResponse response, @PathVariable String id) {
        // Its page says how it is, also if it has ended by itself before.
        roles.change(RoleName.SERVICE, "DELETE", path(id), null, person(view));
        return onTo(id, response);
    }
}
