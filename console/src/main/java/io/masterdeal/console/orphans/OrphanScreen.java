package io.masterdeal.console.orphans;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.CsvTable;
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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects with facts that reach no deal: the list, one of them with where it may belong, and what an operator does. */
@Controller
class OrphanScreen {

    private static final int PAGE = 100;

    private static final Set<String> ACTIONS = Set.of("link", "unlink", "dismiss", "restore");

    private final Roles roles;

    OrphanScreen(Roles roles) {
        this.roles = roles;
    }

    @GetMapping(path = "/orphans", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view, @RequestParam Map<String, String> given) {
        OrphanChoice choice = OrphanChoice.of(given);
        RoleAnswer counts = roles.get(RoleName.SERVICE, "/orphans/counts");
        ListAnswer found = found(choice, PAGE);
        return Html.page(
                "orphans/orphans.jte",
                view,
                Map.of("choice", choice, "found", found, "numbers", OrphanNumbers.of(counts)));
    }

    private ListAnswer found(OrphanChoice choice, int limit) {
        return ListAnswer.of(RoleName.SERVICE, roles.get(RoleName.SERVICE, choice.request(limit)));
    }

    @GetMapping(path = "/orphans", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> json(@RequestParam Map<String, String> given) {
        return RoleJson.of(
                RoleName.SERVICE,
                roles.get(RoleName.SERVICE, OrphanChoice.of(given).request(PAGE)));
    }

    @GetMapping("/orphans.csv")
    void csv(View view, @RequestParam Map<String, String> given, HttpServletResponse response) throws IOException {
        List<String> columns = List.of("object", "system", "kind", "reason", "parent", "facts", "waiting_since");
        try (CsvTable table = CsvTable.to(response, view, "orphans", columns)) {
            OrphanChoice choice = OrphanChoice.of(given).from("");
            while (true) {
                ListAnswer found = found(choice, 1000);
                for (JsonNode it : found.items()) {
                    table.row(columns.stream()
                            .map(column -> it.path(column).asString(""))
                            .toList());
                }
                if (!found.problem().isEmpty()) {
                    table.fault(found.problem());
                }
                if (!found.hasMore()) {
                    return;
                }
                choice = choice.from(found.next());
            }
        }
    }

    @GetMapping(path = "/orphans/one", produces = MediaType.TEXT_HTML_VALUE)
    Html one(View view, @RequestParam String key, @RequestParam(defaultValue = "") String done) {
        return one(view, key, ACTIONS.contains(done) ? view.text("orphans.done." + done) : "", "");
    }

    private Html one(View view, String key, String done, String problem) {
        RoleAnswer answer = ask(key);
        HttpStatus status = answer.isAbsent() && done.isEmpty() ? HttpStatus.NOT_FOUND : HttpStatus.OK;
        return Html.page(
                "orphans/orphan.jte",
                view,
                Map.of("key", key, "answer", answer, "done", done, "problem", problem),
                problem.isEmpty() ? status : HttpStatus.CONFLICT);
    }

    private RoleAnswer ask(String key) {
        return roles.get(
                RoleName.SERVICE, QueryPath.of("/orphans/-").with("key", key).toString());
    }

    @GetMapping(path = "/orphans/one", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<JsonNode> oneAsJson(@RequestParam String key) {
        return RoleJson.of(RoleName.SERVICE, ask(key));
    }

    @Requires(Right.OPERATOR)
    @PostMapping("/orphans/{action}")
    @Nullable
    Html act(
            View view,
            HttpServletResponse response,
            @PathVariable String action,
            @RequestParam String key,
            @RequestParam(defaultValue = "") String parent,
            @RequestParam(defaultValue = "") String reason) {
        if (!ACTIONS.contains(action)) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return null;
        }
        ObjectNode body = JsonMapper.shared().createObjectNode().put("reason", reason.strip());
        if (action.equals("link")) {
            body.put("parent", parent.strip());
        }
        RoleAnswer answer = roles.change(
                RoleName.SERVICE,
                "POST",
                QueryPath.of("/orphans/-/" + action).with("key", key).toString(),
                body.toString(),
                view.person() == null ? "" : view.person().name());
        if (!answer.isOk()) {
            return one(view, key, "", answer.problem());
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(
                "Location",
                QueryPath.of("/orphans/one")
                        .with("key", key)
                        .with("done", action)
                        .toString());
        return null;
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry orphansEntry() {
            return new MenuEntry(40, "/orphans", "orphans.title", Right.VIEWER);
        }
    }
}
