package io.masterdeal.console.rulesets;

import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.TextDifference;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.QueryPath;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleJson;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;

/** The rule set in use, and those before it. */
@Controller
class RuleSetScreen {

    private final Roles roles;

    RuleSetScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/rules", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        return Html.page("rulesets/rules.jte", view, Map.of("answer", roles.get(RoleName.SERVICE, "/rules")));
    }

    @GetMapping(path = "/rules", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> json() {
        return RoleJson.of(RoleName.SERVICE, roles.get(RoleName.SERVICE, "/rules"));
    }

    /**
     * One of the history, with what differs from another one.
     *
     * @param with the entry to compare with; empty for the one before it
     */
    @GetMapping(path = "/rules/history/{id}", produces = MediaType.TEXT_HTML_VALUE)
    Html past(View view, @PathVariable String id, @RequestParam(defaultValue = "") String with) {
        RoleAnswer answer = ask(id);
        JsonNode history = roles.get(RoleName.SERVICE, "/rules").body().path("history");
        String other = with.isEmpty() ? before(history, id) : with;
        RoleAnswer compared = other.isEmpty() ? answer : ask(other);
        List<TextDifference.Line> difference = !answer.isOk() || !compared.isOk()
                ? List.of()
                : TextDifference.of(
                        other.isEmpty() ? "" : compared.body().path("content").asString(""),
                        answer.body().path("content").asString(""));
        return Html.page(
                "rulesets/past.jte",
                view,
                Map.of("answer", answer, "history", history, "other", other, "difference", difference),
                answer.isAbsent() ? HttpStatus.NOT_FOUND : HttpStatus.OK);
    }

    /** The history comes newest first, so the one before an entry follows it. */
    private static String before(JsonNode history, String id) {
        boolean found = false;
        for (JsonNode entry : history) {
            if (found) {
                return entry.path("id").asString("");
            }
            found = entry.path("id").asString("").equals(id);
        }
        return "";
    }

    private RoleAnswer ask(String id) {
        return roles.get(RoleName.SERVICE, "/rules/" + QueryPath.encoded(id));
    }

    @GetMapping(path = "/rules/history/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> pastAsJson(@PathVariable String id) {
        return RoleJson.of(RoleName.SERVICE, ask(id));
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry rulesEntry() {
            return new MenuEntry(65, "/rules", "rulesets.title", Right.VIEWER);
        }
    }
}
