package io.masterdeal.console.subscriptions;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.QueryPath;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleJson;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

/** Subscriptions and routes: the list with state and sums, and one with its versions. */
@Controller
class SubscriptionScreen {

    private final Roles roles;

    SubscriptionScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/subscriptions", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        ListAnswer found = ListAnswer.of(RoleName.ROUTER, roles.get(RoleName.ROUTER, "/subscriptions"));
        RoleAnswer routes = roles.get(RoleName.ROUTER, "/routes");
        return Html.page(
                "subscriptions/subscriptions.jte",
                view,
                Map.of("found", found, "lines", lines(view, found), "routes", routes));
    }

    private List<SubscriptionLine> lines(View view, ListAnswer found) {
        Map<String, LedgerLine> ledger = new HashMap<>();
        if (!found.items().isEmpty()) {
            roles.get(RoleName.ROUTER, "/ledger")
                    .body()
                    .path("items")
                    .forEach(line -> ledger.put(line.path("subscription").asString(""), LedgerLine.of(line)));
        }
        LedgerLine none = new LedgerLine(0, Map.of());
        return found.items().stream()
                .map(it -> SubscriptionLine.of(
                        view, it, ledger.getOrDefault(it.at("/definition/name").asString(""), none)))
                .toList();
    }

    /** What programs read. */
    record Lists(List<SubscriptionLine> subscriptions, JsonNode routes, String problem) {}

    @GetMapping(path = "/subscriptions", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Lists json(View view) {
        ListAnswer found = ListAnswer.of(RoleName.ROUTER, roles.get(RoleName.ROUTER, "/subscriptions"));
        return new Lists(
                lines(view, found), roles.get(RoleName.ROUTER, "/routes").body(), found.problem());
    }

    @GetMapping(path = "/subscriptions/{name}", produces = MediaType.TEXT_HTML_VALUE)
    Html one(View view, @PathVariable String name) {
        return one(view, name, "");
    }

    private Html one(View view, String name, String problem) {
        RoleAnswer answer = roles.get(RoleName.ROUTER, path(name, ""));
        RoleAnswer changes = roles.get(RoleName.ROUTER, path(name, "/changes"));
        List<SubscriptionLine> lines = lines(
                view, new ListAnswer(RoleName.ROUTER, answer.isOk() ? List.of(answer.body()) : List.of(), "", ""));
        return Html.page(
                "subscriptions/subscription.jte",
                view,
                Map.of(
                        "name",
                        name,
                        "answer",
                        answer,
                        "lines",
                        lines,
                        "versions",
                        SubscriptionVersion.of(view, changes.body().path("items")),
                        "problem",
                        problem),
                problem.isEmpty() ? (answer.isAbsent() ? HttpStatus.NOT_FOUND : HttpStatus.OK) : HttpStatus.CONFLICT);
    }

    private static String path(String name, String more) {
        return "/subscriptions/" + QueryPath.encoded(name) + more;
    }

    @GetMapping(path = "/subscriptions/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> oneAsJson(View view, @PathVariable String name) {
        RoleAnswer answer = roles.get(RoleName.ROUTER, path(name, ""));
        return RoleJson.of(
                RoleName.ROUTER,
                new RoleAnswer(answer.status(), SubscriptionLine.shown(view, answer.body()), answer.problem()));
    }

    /** Pauses it, or goes on. */
    @Requires(Right.OPERATOR)
    @PostMapping("/subscriptions/{name}")
    @Nullable
    Html change(View view, HttpServletResponse response, @PathVariable String name, @RequestParam String action) {
        if (!action.equals("pause") && !action.equals("resume")) {
            throw new io.masterdeal.role.http.Problem(
                    HttpStatus.BAD_REQUEST, "no such action", "'action' is pause or resume.");
        }
        RoleAnswer answer = roles.change(
                RoleName.ROUTER,
                "POST",
                path(name, "/" + action),
                "{}",
                view.person() == null ? "" : view.person().name());
        if (!answer.isOk()) {
            return one(view, name, answer.problem());
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader("Location", path(name, ""));
        return null;
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry subscriptionsEntry() {
            return new MenuEntry(60, "/subscriptions", "subscriptions.title", Right.VIEWER);
        }
    }
}
